# The project in a container, CPU only:
#
#   docker build -t collapse-lab .
#   docker run --init -p 8888:8888 -v collapse-lab-runs:/home/node/runs collapse-lab
#
# and open the address that it prints. Other commands: docker run … collapse-lab npm run reproduce
FROM node:24-bookworm

# The image has git, g++ and make. Chromium draws still figures.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends chromium python3-venv \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir /home/node/collapse-lab /home/node/runs \
    && chown node:node /home/node/collapse-lab /home/node/runs

USER node
WORKDIR /home/node/collapse-lab
COPY --chown=node:node . .
RUN npm run setup

# Finished runs outlive the container.
ENV COLLAPSE_LAB_RUNS=/home/node/runs
VOLUME /home/node/runs
EXPOSE 8888
CMD ["npm", "run", "lab", "--", "--no-browser", "--port=8888", "--ServerApp.ip=0.0.0.0"]

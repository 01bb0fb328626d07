// Draws Plotly figures in JupyterLab, as an extension without a build. A figure is the picture that was
// saved with it until the mouse enters it; then the same at the same size, live. Two things differ from the
// extension that comes with the Python package plotly: a figure is as wide as its cell at most, and what
// the mouse touches is not saved into the notebook.

(() => {
  const MIME = "application/vnd.plotly.v1+json";
  const { baseUrl } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  // `npm run lab` adds the folder of plotly.js-dist to the server's static files.
  const PLOTLY = `${baseUrl}static/plotly.js`;

  let loading;
  /** The project's own Plotly, fetched for the first figure that becomes live. */
  function plotly() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = PLOTLY;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => {
        loading = undefined;
        reject(new Error(`${script.src} was not loaded`));
      };
      document.head.append(script);
    });
    return loading;
  }

  const viewOf = (Widget) =>
    class FigureView extends Widget {
      #figure;
      #picture = document.createElement("img");
      #stage;
      #observer = new ResizeObserver(() => this.#fit());

      constructor() {
        super();
        this.addClass("jp-RenderedPlotly");
        this.#picture.className = "plot-img";
        this.#picture.style.width = "100%";
        this.#picture.addEventListener("mouseenter", () => void this.#enliven());
        this.node.append(this.#picture);
        this.#observer.observe(this.node);
      }

      /** Never waits for Plotly: JupyterLab shows no later output before. */
      async renderModel({ data }) {
        this.#still();
        this.#figure = data[MIME];
        const { width, height = 450 } = this.#figure.layout ?? {};
        const png = data["image/png"];
        // A figure without a width fills the cell's.
        Object.assign(
          this.node.style,
          width
            ? { width: "100%", maxWidth: `${width}px`, aspectRatio: `${width} / ${height}` }
            : { width: "100%", maxWidth: "", aspectRatio: "" },
          { position: "relative", overflow: "hidden" },
        );
        this.#picture.hidden = !png;
        if (png) {
          this.#picture.src = `data:image/png;base64,${[png].flat().join("")}`;
          this.#picture.alt = [data["text/plain"] ?? "figure"].flat().join("");
        } else void this.#enliven();
      }

      async #enliven() {
        if (this.#stage) return;
        const stage = document.createElement("div");
        this.#stage = stage;
        try {
          const Plotly = await plotly();
          if (this.isDisposed || this.#stage !== stage) return;
          // Plotly writes into what it draws, and this is the notebook's.
          const { data, layout = {}, config, frames } = structuredClone(this.#figure);
          if (layout.width)
            stage.style.cssText = "position: absolute; top: 0; left: 0; transform-origin: 0 0";
          this.node.append(stage);
          this.#fit();
          const responsive = !layout.width;
          await Plotly.newPlot(stage, { data, layout, config: { responsive, ...config }, frames });
          this.#picture.style.visibility = "hidden";
          stage.on("plotly_webglcontextlost", () => this.#still());
        } catch (error) {
          console.error("The figure stays a picture:", error);
          this.#still();
        }
      }

      /** Back to the picture. */
      #still() {
        if (this.#stage?.isConnected) window.Plotly.purge(this.#stage);
        this.#stage?.remove();
        this.#stage = undefined;
        this.#picture.style.visibility = "visible";
      }

      /** Scaled as a whole, like the picture: Plotly would crop what no longer has room. */
      #fit() {
        const { width } = this.#figure?.layout ?? {};
        if (!this.#stage || !width) return;
        this.#stage.style.width = `${width}px`;
        this.#stage.style.transform = `scale(${this.node.clientWidth / width})`;
      }

      dispose() {
        if (this.isDisposed) return;
        this.#observer.disconnect();
        this.#still();
        super.dispose();
      }
    };

  /** A module that JupyterLab shares with its extensions, by webpack's protocol. */
  async function shared(scope, name) {
    const [version] = Object.values(scope[name]);
    return (await version.get())();
  }

  let scope;
  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["collapse-lab-figures"] = {
    init: (given) => {
      scope = given;
    },
    get: async () => {
      const FigureView = viewOf((await shared(scope, "@lumino/widgets")).Widget);
      const rendererFactory = {
        safe: true,
        mimeTypes: [MIME],
        createRenderer: () => new FigureView(),
      };
      const id = "collapse-lab-figures:renderer";
      return () => ({
        __esModule: true,
        default: { id, rendererFactory, rank: 0, dataType: "json" },
      });
    },
  };
})();

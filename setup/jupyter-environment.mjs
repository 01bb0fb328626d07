import { inProject } from "./paths.mjs";

const own = (/** @type {string[]} */ ...parts) => inProject(".cache", "jupyter", ...parts);

/**
 * Jupyter sees the project's kernel and settings and keeps everything it writes inside the project:
 * neither are the user's own Jupyter settings read, nor are they changed.
 */
export const jupyterEnvironment = {
  JUPYTER_PATH: inProject("jupyter"),
  JUPYTER_CONFIG_PATH: inProject("jupyter", "config"),
  JUPYTER_CONFIG_DIR: own("config"),
  JUPYTER_DATA_DIR: own("data"),
  JUPYTER_RUNTIME_DIR: own("runtime"),
  JUPYTERLAB_SETTINGS_DIR: own("lab", "user-settings"),
  JUPYTERLAB_WORKSPACES_DIR: own("lab", "workspaces"),
};

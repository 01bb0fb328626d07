"""Runs a notebook through the project's kernel and writes it with its outputs.

    .venv/bin/python jupyter/execute.py IN.ipynb OUT.ipynb [--progress] [--with-parent]

Parameters go in as JSON in NB_PARAMS. The output is the same for the same cells: counts from 1, no
timings. Nothing is written when a cell fails; the error goes to stderr and the exit code is 1.
With --progress the cells' text output is shown on stderr as it comes. With --with-parent it stops, and
its kernel with it, when standard input is closed: a parent that was killed cannot stop it otherwise.
"""

import argparse
import json
import os
import pathlib
import signal
import sys
import tempfile

import nbformat
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from with_parent import end_with_input

JUPYTER = pathlib.Path(__file__).resolve().parent
KERNEL = "collapse-lab"
# The kernel then reports an error of leftover work in the next cell, as nobody watches the page.
AFTER_LAST_CELL = ""


class Failed(Exception):
    """A cell's error as the kernel reported it."""

    def __init__(self, content):
        head = f"{content['ename']}: {content['evalue']}"
        super().__init__("\n".join([head, *content["traceback"][1:]]))


class Client(NotebookClient):
    """Shows text output as it comes, when asked to."""

    show = False

    def process_message(self, msg, cell, cell_index):
        content, kind = msg["content"], msg["msg_type"]
        if self.show and kind == "stream":
            print(content["text"], end="", file=sys.stderr, flush=True)
        elif self.show and kind in ("display_data", "update_display_data"):
            text = content["data"].get("text/plain")
            if text:
                print(text, file=sys.stderr, flush=True)
        return super().process_message(msg, cell, cell_index)

    async def async_execute_cell(self, cell, cell_index, *args, **kwargs):
        if self.show and cell.cell_type == "code":
            print(f"[{cell_index + 1}/{len(self.nb.cells)}]", file=sys.stderr, flush=True)
        return await super().async_execute_cell(cell, cell_index, *args, **kwargs)

    async def async_ask(self, code):
        """The kernel's answer to code that belongs to no cell."""
        reply = await self.kc.execute(code, silent=True, reply=True, timeout=60)
        return reply["content"]


def kernel_metadata():
    """What JupyterLab writes into a notebook of this kernel when it opens one."""
    spec = json.loads((JUPYTER / "kernels" / KERNEL / "kernel.json").read_text())
    kernelspec = {"display_name": spec["display_name"], "language": spec["language"], "name": KERNEL}
    language = json.loads((JUPYTER / "kernel" / "language-info.json").read_text())
    return {"kernelspec": kernelspec, "language_info": language}


def clean(notebook):
    """Leaves nothing in the file that another run of the same cells would change."""
    notebook.metadata = kernel_metadata()
    for index, cell in enumerate(notebook.cells):
        cell.metadata.pop("execution", None)
        cell.metadata.pop("trusted", None)
        if not cell.get("id"):
            cell["id"] = f"cell-{index + 1}"
    return notebook


def fresh(path):
    """The notebook as written: no outputs, no counts."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def execute(notebook, folder, show, log):
    client = Client(
        notebook,
        kernel_name=KERNEL,
        timeout=None,
        startup_timeout=120,
        iopub_timeout=60,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.show = show
    # The kernel's own output goes to a file: Node makes an inherited pipe non-blocking for both ends.
    with client.setup_kernel(stdout=log, stderr=log):
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        after = run_sync(client.async_ask)(AFTER_LAST_CELL)
    if after["status"] == "error":
        raise Failed(after)


def failure_in(notebook):
    """The error output of the cell that stopped the run."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return Failed([output for output in outputs if output.output_type == "error"][-1])


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("source", type=pathlib.Path)
    options.add_argument("target", type=pathlib.Path)
    options.add_argument("--progress", action="store_true", help="show text output on stderr")
    options.add_argument("--with-parent", action="store_true", help="stop when stdin is closed")
    given = options.parse_args()
    if given.with_parent:
        end_with_input(signal.SIGINT)
    if not given.source.is_file():
        return f"There is no notebook {given.source}."
    os.environ["JUPYTER_PATH"] = str(JUPYTER)
    os.environ["COLLAPSE_LAB_HEADLESS"] = "1"
    notebook = fresh(given.source)
    with tempfile.TemporaryFile() as log:
        try:
            execute(notebook, given.source.resolve().parent, given.progress, log)
        except CellExecutionError:
            return f"{given.source}: {failure_in(notebook)}"
        except Failed as failed:
            return f"{given.source}: {failed}"
        except DeadKernelError:
            log.seek(0)
            said = log.read().decode(errors="replace")[-2000:]
            return f"{given.source}: the kernel ended in the middle of a cell (process.exit, or out of memory).\n{said}"
        except KeyboardInterrupt:
            return 130
    given.target.parent.mkdir(parents=True, exist_ok=True)
    aside = given.target.with_name(given.target.name + ".tmp")
    nbformat.write(clean(notebook), aside)
    os.replace(aside, given.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What `jupyter nbconvert --execute` does, for two formats with one start: NOTEBOOK KERNELS → JSON."""

import json
import os
import sys

notebook, kernels = sys.argv[1:]
os.environ["JUPYTER_PATH"] = kernels

import nbformat  # noqa: E402
from nbconvert import HTMLExporter, ScriptExporter  # noqa: E402
from nbconvert.preprocessors import ExecutePreprocessor  # noqa: E402

node = nbformat.read(notebook, as_version=4)
ExecutePreprocessor(timeout=120).preprocess(node, {"metadata": {"path": os.path.dirname(notebook)}})
html, _ = HTMLExporter().from_notebook_node(node)
script, about = ScriptExporter().from_notebook_node(node)
print(json.dumps({"html": html, "script": script, "extension": about["output_extension"]}))

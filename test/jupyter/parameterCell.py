"""The cell that papermill would add: parameters as JSON in, TypeScript out.

Papermill is not among the project's packages, so the two of its modules that the translator uses are
stood in for by what they promise: a base class, a register of languages, a record.
"""

import collections
import json
import pathlib
import sys
import types

translators = types.ModuleType("papermill.translators")
models = types.ModuleType("papermill.models")
translators.Translator = type("Translator", (), {})
languages = {}
translators.papermill_translators = types.SimpleNamespace(register=languages.__setitem__)
models.Parameter = collections.namedtuple("Parameter", "name inferred_type_name default help")
sys.modules.update(
    {"papermill": types.ModuleType("papermill"), translators.__name__: translators, models.__name__: models}
)
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "jupyter" / "papermill"))
sys.dont_write_bytecode = True

import collapse_lab_papermill  # noqa: E402, F401

translator = languages["typescript"]
asked = json.loads(sys.argv[1])
cell = {"source": asked["cell"]}
inspected = [list(parameter) for parameter in translator.inspect(cell)]
print(json.dumps({"code": translator.codify(asked["parameters"]), "inspected": inspected}))

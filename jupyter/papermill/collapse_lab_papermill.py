"""Teaches papermill to write parameters in TypeScript.

Papermill adds a cell with what `-p` names. That cell declares each parameter, which replaces the
declaration of a cell tagged "parameters" above it, and adds it to NB_PARAMS, from which the library's
`params` takes it in the cells below.
"""

import json
import re

from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

NAME = re.compile(r"[A-Za-z_$][\w$]*")
DECLARATION = re.compile(
    r"^(?:const|let|var)\s+(?P<name>[A-Za-z_$][\w$]*)\s*(?::\s*(?P<type>[^=]+?))?\s*=\s*"
    r"(?P<value>.*?)\s*;?\s*(?://\s*(?P<help>.*))?$"
)


class TypeScript(Translator):
    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        given = json.dumps(parameters, ensure_ascii=False)
        declared = [
            f"let {name} = {json.dumps(value, ensure_ascii=False)};"
            for name, value in parameters.items()
            if NAME.fullmatch(name)
        ]
        return "\n".join(
            [
                f"// {comment}",
                "process.env.NB_PARAMS = JSON.stringify({",
                '  ...JSON.parse(process.env.NB_PARAMS || "{}"),',
                f"  ...{given},",
                "});",
                *declared,
                "",
            ]
        )

    @classmethod
    def inspect(cls, parameters_cell):
        """The parameters of a tagged cell: its declarations that take one line."""
        lines = parameters_cell["source"].splitlines()
        found = [DECLARATION.match(line.strip()) for line in lines]
        return [
            Parameter(
                name=each["name"],
                inferred_type_name=each["type"] or "None",
                default=each["value"],
                help=each["help"] or "",
            )
            for each in found
            if each
        ]


papermill_translators.register("typescript", TypeScript)

// A call's signature as text: the parameter that is being written first, because that is what was asked for.
"use strict";

const textOf = (parts) => parts.map(({ text }) => text).join("");

/** @param {any} help the language service's @returns {string} */
function signatureText({ items, selectedItemIndex, argumentIndex }) {
  const item = items[selectedItemIndex];
  const { parameters, prefixDisplayParts, separatorDisplayParts, suffixDisplayParts } = item;
  const written = parameters.map(({ displayParts }) => textOf(displayParts));
  const list = written.join(textOf(separatorDisplayParts));
  const others = items.length > 1 ? ` (+${items.length - 1} overloads)` : "";
  const head = `${textOf(prefixDisplayParts)}${list}${textOf(suffixDisplayParts)}${others}`;
  // Further arguments belong to a rest parameter.
  const last = parameters.at(-1);
  const current = parameters[argumentIndex] ?? (last?.isRest ? last : undefined);
  const about = current && [textOf(current.displayParts), textOf(current.documentation)];
  const parameter = about?.filter((text) => text !== "").join(" — ");
  const documentation = textOf(item.documentation);
  return [head, parameter && `→ ${parameter}`, documentation].filter(Boolean).join("\n\n");
}

module.exports = { signatureText };

/**
 * A number for people: `digits` significant digits with trailing zeros ("1.230"), thousands
 * separated, powers of ten for the very small and the very large.
 * @param whole whether it is a count, all of whose digits are shown; default: if it is an integer
 */
export function significant(value: number, digits = 4, whole = Number.isInteger(value)): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (whole && size < 1e15) return groupThousands(String(value));
  if ((size > 0 && size < 1e-4) || size >= 1e15) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    return `${minus(mantissa)}e${minus(exponent.replace("+", ""))}`;
  }
  const rounded = Number(value.toPrecision(digits));
  const magnitude = rounded === 0 ? 0 : Math.floor(Math.log10(Math.abs(rounded)));
  const decimals = Math.max(0, digits - 1 - magnitude);
  return groupThousands(rounded.toFixed(Math.min(decimals, 20)));
}

/** "12 s", "3 min 20 s", "1 h 5 min", "2 d 3 h": two units, rounded up, for time left. */
export function duration(seconds: number): string {
  const s = Math.ceil(seconds);
  const steps: [number, string, number, string][] = [
    [86400, "d", 3600, "h"],
    [3600, "h", 60, "min"],
    [60, "min", 1, "s"],
  ];
  for (const [large, name, small, part] of steps) {
    if (s < large) continue;
    const rest = Math.floor((s % large) / small);
    return `${Math.floor(s / large)} ${name}${rest > 0 ? ` ${rest} ${part}` : ""}`;
  }
  return `${s} s`;
}

function groupThousands(text: string): string {
  const [whole, fraction] = minus(text).split(".");
  const thousands = whole.replace(/(?<=\d)(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}

function minus(text: string): string {
  return text.replace("-", "−");
}

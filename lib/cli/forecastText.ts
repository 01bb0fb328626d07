import type { Forecast } from "../experiments/forecast/forecast";
import { timeText } from "../experiments/forecast/timeText";
import { formatCount } from "../format";

/** A forecast in lines for people, under its family's title. */
export function forecastText(title: string, forecast: Forecast): string[] {
  const { generations, finished, work, bytes, hours, basis, data } = forecast;
  const line = (name: string, text: string) => `  ${name.padEnd(12)} ${text}`;
  const whole = finished === generations;
  return [
    title,
    line(
      "Generations",
      `${formatCount(generations)}, of which ${whole ? "all" : formatCount(finished)} are finished in the run store`,
    ),
    ...work.map((text, i) => line(i === 0 ? "To do" : "", text)),
    ...(whole ? [] : [line("Disk", `about ${sizeText(bytes)}`)]),
    ...(whole ? [] : [line("Time", `about ${timeText(hours)} on this machine`), line("", basis)]),
    ...data.map((text, i) => line(i === 0 ? "Data" : "", text)),
  ];
}

/** "3.2 GB". */
export function sizeText(bytes: number): string {
  const sizes = [
    [1e12, "TB"],
    [1e9, "GB"],
    [1e6, "MB"],
  ] as const;
  for (const [size, unit] of sizes)
    if (bytes >= size) return `${Number((bytes / size).toPrecision(2))} ${unit}`;
  return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
}

/** The sections of a task's config. Each stage of a generation depends on some of them. */
export const SECTIONS = ["data", "model", "training", "sampling", "evaluation"] as const;

export type Section = (typeof SECTIONS)[number];

/**
 * A config without the sections that are not named. Keys outside the five sections count for all of
 * them: the flat config of a small task, such as `{ items: 10 }`, is part of every section.
 */
export function sectionsOf(config: unknown, named: readonly Section[]): unknown {
  if (typeof config !== "object" || config === null || Array.isArray(config)) return config;
  const others = SECTIONS.filter((section) => !named.includes(section)) as readonly string[];
  return Object.fromEntries(Object.entries(config).filter(([key]) => !others.includes(key)));
}

/**
 * The config that a stage gets to see: reading a section that its address does not depend on throws,
 * since its result would then be found again under an address that does not tell it apart.
 * @param who subject of the sentence, e.g. `The fit of task "images"`
 */
export function restricted<C>(config: C, named: readonly Section[], who: string): C {
  const visible = sectionsOf(config, named);
  if (typeof config !== "object" || config === null || visible === config) return config;
  for (const section of SECTIONS)
    if (section in config && !named.includes(section))
      // Not enumerable, so that copies and messages to threads leave it out.
      Object.defineProperty(visible, section, {
        get() {
          throw new Error(
            `${who} reads the section "${section}" of its config, on which its address does not depend.`,
          );
        },
      });
  return visible as C;
}

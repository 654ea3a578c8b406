/** One thing that somebody may be allowed to do: `module.noun.verb`, or `module.access` for belonging to a part. */
export type Permission = {
  readonly code: string
  readonly title: string
  readonly module: string
}

const CODE = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){1,2}$/

/**
 * Declares a module's permissions by their names within it: `definePermissions('lims', { 'sample.receive': '…' })`
 * gives `lims.sample.receive`.
 *
 * @throws Error for a name that is not written as `noun.verb` or one word: a defect of the declaration
 */
export function definePermissions(
  module: string,
  titles: Readonly<Record<string, string>>,
): readonly Permission[] {
  return Object.entries(titles).map(([name, title]) => {
    const code = `${module}.${name}`
    if (!CODE.test(code)) throw new Error(`A permission cannot be called ${code}.`)
    return { code, title, module }
  })
}

/** What the generic verbs of a record ask for, for the records of a module: `unit` gives `unit.add`, … */
export function definePermissionsOfRecord(
  module: string,
  noun: string,
  label: { readonly one: string; readonly many: string },
): readonly Permission[] {
  const many = label.many.toLowerCase()
  return definePermissions(module, {
    [`${noun}.add`]: `Add ${many}`,
    [`${noun}.change`]: `Change ${many}`,
    [`${noun}.retire`]: `Retire or delete ${many}`,
  })
}

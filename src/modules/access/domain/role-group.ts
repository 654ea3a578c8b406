/**
 * A ready-made group: made at the first start after its part of the product arrived, and an administrator's to
 * change from then on.
 */
export type RoleGroup = {
  /** `module.role`, stable: names may be changed by the administrator */
  readonly key: string
  readonly name: string
  readonly description: string
  /** what the systems that we replace call this role */
  readonly foreignRoles: readonly string[]
}

/** Permissions that a module gives to ready-made groups, by group key. */
export type RoleGrants = Readonly<Record<string, readonly string[]>>

/** The part of the product to which a ready-made group belongs. */
export function partOf({ key }: RoleGroup): string {
  return key.slice(0, key.indexOf('.'))
}

/**
 * What each ready-made group permits, as all modules together declare it; membership of its part included where
 * that is declared.
 *
 * @throws Error naming every grant of an undeclared permission or to an unknown group: a defect of the declarations
 */
export function permissionsOfRoles(
  groups: readonly RoleGroup[],
  grants: readonly RoleGrants[],
  declared: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const result = new Map(
    groups.map((group) => [
      group.key,
      new Set([`${partOf(group)}.access`].filter((code) => declared.has(code))),
    ]),
  )
  const problems: string[] = []
  for (const [key, codes] of grants.flatMap((grant) => Object.entries(grant))) {
    const permissions = result.get(key)
    if (!permissions) problems.push(`there is no ready-made group ${key}`)
    for (const code of codes) {
      if (!declared.has(code)) problems.push(`${key} is given ${code}, which is not declared`)
      permissions?.add(code)
    }
  }
  if (problems.length > 0)
    throw new Error(`The ready-made groups contradict the permissions:\n${problems.join('\n')}`)
  return result
}

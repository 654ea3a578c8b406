import { expect, it } from 'vitest'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { getPreference, setPreference } from './preferences.ts'
import { asNewUser, makeWorkspaceContext, WORKSPACE_TEST_MIGRATIONS } from './testing.ts'

forEachDatabase('preferences', WORKSPACE_TEST_MIGRATIONS, (open) => {
  const newUser = async () => asNewUser(makeWorkspaceContext(await open()))

  it('gives back what each user chose last', async () => {
    const [one, two] = [await newUser(), await newUser()]
    await setPreference(one, 'density', 'compact')
    await setPreference(one, 'density', 'comfortable')
    await setPreference(two, 'list.machine-qa.unit.columns', ['name', { width: 120 }])
    expect(await getPreference(one, 'density')).toBe('comfortable')
    expect(await getPreference(two, 'density')).toBeNull()
    expect(await getPreference(two, 'list.machine-qa.unit.columns')).toEqual(['name', { width: 120 }])
    await setPreference(one, 'density', null)
    expect(await getPreference(one, 'density')).toBeNull()
  })

  it.each([
    ['a key of other signs', '../x', 1, 'key'],
    ['a long key', 'a'.repeat(101), 1, 'key'],
    ['no value', 'density', undefined, 'value'],
    ['a large value', 'density', 'x'.repeat(16_385), 'value'],
    ['a null byte', 'density', 'a\0', 'value'],
    ['a lone surrogate', 'density', '\ud800', 'value'],
  ])('refuses %s', async (_what, key, value, field) => {
    await expect(setPreference(await newUser(), key, value)).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field }] },
    })
  })

  it('refuses more keys than any page needs', async () => {
    const user = await newUser()
    for (let n = 0; n < 300; n += 1) await setPreference(user, `k.n${n}`, n)
    await expect(setPreference(user, 'k.more', 1)).rejects.toMatchObject({
      refusal: { kind: 'quota-exceeded', quota: 300 },
    })
    await setPreference(user, 'k.n7', 'still changeable')
  })
})

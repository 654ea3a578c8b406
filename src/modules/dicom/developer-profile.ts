import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { type FieldProblem, RefusedError } from '../../core/refusal.ts'
import { requireUser } from '../access/acting-as.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { DICOM_ACCESS } from './permissions.ts'
import { developerRecord } from './records/developer.ts'
import { type DeveloperProfile, findDeveloper, saveDeveloper } from './store/developers.ts'

const PURPOSES: ReadonlySet<string> = new Set(
  developerRecord.fields.purpose.choices?.map(({ value }) => value) ?? [],
)

const LONGEST_ORGANIZATION = 255

/** The profile of the caller; undefined if there is none. */
export async function findOwnProfile(ctx: Context): Promise<DeveloperProfile | undefined> {
  requirePermission(ctx, DICOM_ACCESS)
  const found = await findDeveloper(ctx.db, requireUser(ctx).id)
  return found && { purpose: found.purpose, organization: found.organization }
}

/** @throws RefusedError `not-permitted` for whoever has no developer profile */
export async function requireDeveloper(ctx: Context): Promise<void> {
  if ((await findOwnProfile(ctx)) === undefined)
    throw new RefusedError({ kind: 'not-permitted', permission: 'dicom.developer' })
}

/**
 * Makes the caller a developer, or changes what is given of an existing profile.
 *
 * @returns the profile as it is stored now
 */
export async function saveOwnProfile(
  ctx: Context,
  given: Partial<DeveloperProfile>,
): Promise<DeveloperProfile> {
  requirePermission(ctx, DICOM_ACCESS)
  const userId = requireUser(ctx).id
  const problems = problemsOf(given)
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  return inTransaction(ctx, async (tx) => {
    const before = await findDeveloper(tx.db, userId)
    await saveDeveloper(tx.db, userId, given, tx.now())
    const after = await findDeveloper(tx.db, userId)
    if (!after) throw new Error('The developer profile is gone as soon as it was stored.')
    const { purpose, organization } = after
    await recordAudit(tx, {
      action: before ? 'dicom.developer.change' : 'dicom.developer.add',
      record: developerRecord.name,
      recordId: after.id,
      ...(before ? { before: { purpose: before.purpose, organization: before.organization } } : {}),
      after: { purpose, organization },
    })
    return { purpose, organization }
  })
}

function problemsOf({ purpose, organization }: Partial<DeveloperProfile>): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  if (typeof purpose === 'string' && purpose !== '' && !PURPOSES.has(purpose)) {
    problems.push({ field: 'purpose', problem: `"${purpose}" is not a valid choice.` })
  }
  if ((organization?.length ?? 0) > LONGEST_ORGANIZATION) {
    problems.push({
      field: 'organization',
      problem: `Ensure this field has no more than ${LONGEST_ORGANIZATION} characters.`,
    })
  }
  return problems
}

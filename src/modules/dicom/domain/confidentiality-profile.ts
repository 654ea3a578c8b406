import { PROFILE_TABLE } from './confidentiality-profile.data.ts'
import { isPrivateTag, type Tag } from './tag.ts'

/** Options beside the Basic Application Level Confidentiality Profile (PS3.15 annex E.3), by our names. */
export type ConfidentialityOption =
  | 'clean-descriptors'
  | 'clean-structured-content'
  | 'clean-graphics'
  | 'retain-full-dates'
  | 'retain-modified-dates'
  | 'retain-uids'
  | 'retain-patient-characteristics'
  | 'retain-device-identity'
  | 'retain-institution-identity'
  | 'retain-safe-private'

/** Letter in the table, code of CID 7050 and its meaning. */
type OptionRow = { readonly letter: string; readonly code: string; readonly meaning: string }

export const CONFIDENTIALITY_OPTIONS: Readonly<Record<ConfidentialityOption, OptionRow>> = {
  'clean-graphics': { letter: 'g', code: '113103', meaning: 'Clean Graphics Option' },
  'clean-structured-content': { letter: 's', code: '113104', meaning: 'Clean Structured Content Option' },
  'clean-descriptors': { letter: 'd', code: '113105', meaning: 'Clean Descriptors Option' },
  'retain-full-dates': {
    letter: 'f',
    code: '113106',
    meaning: 'Retain Longitudinal Temporal Information Full Dates Option',
  },
  'retain-modified-dates': {
    letter: 'm',
    code: '113107',
    meaning: 'Retain Longitudinal Temporal Information Modified Dates Option',
  },
  'retain-patient-characteristics': {
    letter: 'p',
    code: '113108',
    meaning: 'Retain Patient Characteristics Option',
  },
  'retain-device-identity': { letter: 'v', code: '113109', meaning: 'Retain Device Identity Option' },
  'retain-uids': { letter: 'u', code: '113110', meaning: 'Retain UIDs Option' },
  'retain-safe-private': { letter: 'r', code: '113111', meaning: 'Retain Safe Private Option' },
  'retain-institution-identity': {
    letter: 'i',
    code: '113112',
    meaning: 'Retain Institution Identity Option',
  },
}

/** Code of CID 7050 for the profile itself, and for cleaned pixels. */
export const BASIC_PROFILE_CODE = {
  code: '113100',
  meaning: 'Basic Application Confidentiality Profile',
} as const
export const CLEAN_PIXEL_DATA_CODE = { code: '113101', meaning: 'Clean Pixel Data Option' } as const

/** What the profile does with an attribute; `dummy-or-empty` where it depends on the type in the IOD. */
export type ProfileAction = 'keep' | 'remove' | 'empty' | 'dummy' | 'dummy-or-empty' | 'replace-uid' | 'clean'

const BASIC_ACTIONS: Readonly<Record<string, ProfileAction>> = {
  X: 'remove',
  Z: 'empty',
  D: 'dummy',
  U: 'replace-uid',
  // Without the IOD's table of types the stronger action that keeps every object valid is taken.
  'X/Z': 'empty',
  'X/D': 'dummy-or-empty',
  'Z/D': 'dummy-or-empty',
  'X/Z/D': 'dummy-or-empty',
  'X/Z/U*': 'keep',
}

type ProfileRow = { readonly action: ProfileAction; readonly options: string }

let table: ReadonlyMap<Tag, ProfileRow> | undefined

function readTable(): ReadonlyMap<Tag, ProfileRow> {
  return new Map(
    PROFILE_TABLE.split('\n').map((line) => {
      const [tag = '', action = '', options = ''] = line.split('|')
      return [Number.parseInt(tag, 16), { action: BASIC_ACTIONS[action] ?? 'remove', options }]
    }),
  )
}

/** The action of the Basic Profile under the chosen options; attributes outside of the table are kept. */
export function profileAction(tag: Tag, chosen: ReadonlySet<ConfidentialityOption>): ProfileAction {
  if (isPrivateTag(tag)) return 'remove'
  const group = tag >>> 16
  if (group >= 0x5000 && group <= 0x50ff) return 'remove'
  if (group >= 0x6000 && group <= 0x60ff) return isOverlayContent(tag) ? 'remove' : 'keep'
  table ??= readTable()
  const row = table.get(tag)
  if (!row) return 'keep'
  const optional = [...chosen].map((option) => optionAction(row, CONFIDENTIALITY_OPTIONS[option].letter))
  if (optional.includes('K')) return 'keep'
  return optional.includes('C') ? 'clean' : row.action
}

/** Overlay Data and Overlay Comments; drawings cannot be cleaned of identity, so they go. */
function isOverlayContent(tag: Tag): boolean {
  const element = tag & 0xffff
  return element === 0x3000 || element === 0x4000
}

function optionAction({ options }: ProfileRow, letter: string): string | undefined {
  const at = options.indexOf(letter)
  return at < 0 ? undefined : options[at + 1]
}

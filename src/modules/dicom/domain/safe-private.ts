import { type DataSet, shortValueBytes } from './data-set.ts'
import { isPrivateCreatorTag, type Tag } from './tag.ts'

/**
 * Private attributes that hold no identity, by creator and the last two digits of the tag (of PS3.15 table
 * E.3.10-1). Groups are part of the key: the same creator may own blocks in several.
 */
const SAFE: ReadonlySet<string> = new Set([
  '7053 00 Philips PET Private Group',
  '7053 09 Philips PET Private Group',
  '00e1 21 ELSCINT1',
  '01e1 26 ELSCINT1',
  '01e1 50 ELSCINT1',
  '01f1 01 ELSCINT1',
  '01f1 07 ELSCINT1',
  '01f1 26 ELSCINT1',
  '01f1 27 ELSCINT1',
  '0019 23 GEMS_ACQU_01',
  '0019 24 GEMS_ACQU_01',
  '0019 27 GEMS_ACQU_01',
  '0019 9e GEMS_ACQU_01',
  '0025 07 GEMS_SERS_01',
  '0043 27 GEMS_PARM_01',
  '0043 39 GEMS_PARM_01',
  '0043 6f GEMS_PARM_01',
  '0045 01 GEMS_HELIOS_01',
  '0045 02 GEMS_HELIOS_01',
  '2001 03 Philips Imaging DD 001',
  '2001 04 Philips Imaging DD 001',
  '0019 0c SIEMENS MR HEADER',
  '0019 0d SIEMENS MR HEADER',
  '0019 0e SIEMENS MR HEADER',
  '0019 27 SIEMENS MR HEADER',
])

/** The creator that reserved the block of a private element in its data set (PS3.5 section 7.8.1). */
export function privateCreator({ elements }: DataSet, tag: Tag): string | undefined {
  const block = (tag >>> 8) & 0xff
  const element = elements.get(((tag & 0xffff0000) | block) >>> 0)
  return (
    element &&
    shortValueBytes(element)
      .toString('latin1')
      .replace(/[\0 ]+$/, '')
      .trimStart()
  )
}

function safeKey(tag: Tag, creator: string): string {
  const hex = tag.toString(16).padStart(8, '0')
  return `${hex.slice(0, 4)} ${hex.slice(6)} ${creator}`
}

/** Whether a private element is on the list, or is the creator of a block with an element that is. */
export function isSafePrivate(dataSet: DataSet, tag: Tag): boolean {
  if (!isPrivateCreatorTag(tag)) {
    const creator = privateCreator(dataSet, tag)
    return creator !== undefined && SAFE.has(safeKey(tag, creator))
  }
  const begin = ((tag & 0xffff0000) | ((tag & 0xff) << 8)) >>> 0
  return [...dataSet.elements.keys()].some(
    (other) => other >= begin && other <= begin + 0xff && isSafePrivate(dataSet, other),
  )
}

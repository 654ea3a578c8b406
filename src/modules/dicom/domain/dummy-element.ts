import type { DicomElement } from './data-set.ts'
import { makeBytesElement, makeDataSet, makeSequence } from './make-element.ts'
import type { Vr } from './vr.ts'

const PATIENT_ID = 0x00100020

/** Dummy values by VR, valid and without meaning (PS3.15 section E.1.1 action D). */
const DUMMIES: Partial<Record<Vr, string>> = {
  AE: 'REMOVED',
  AS: '000Y',
  CS: 'REMOVED',
  DA: '19000101',
  DS: '0',
  DT: '19000101000000.00',
  IS: '0',
  LO: 'REMOVED',
  LT: 'REMOVED',
  SH: 'REMOVED',
  ST: 'REMOVED',
  TM: '000000.00',
  UC: 'REMOVED',
  UR: 'urn:removed',
  UT: 'REMOVED',
}

/** Bytes of one binary value; zero is in the range of all of them. */
const ZEROS: Partial<Record<Vr, number>> = { FD: 8, FL: 4, SL: 4, SS: 2, SV: 8, UL: 4, US: 2, UV: 8 }

/**
 * The element with a dummy value in place of its own. Names and the Patient ID carry a number that is the same
 * for the same patient in the job, so that patients stay apart.
 */
export function dummyElement({ tag, vr, items }: DicomElement, patientNumber: number): DicomElement {
  if (items || vr === 'SQ') return makeSequence(tag, [makeDataSet([])])
  const text = dummyText(tag, vr, patientNumber)
  return makeBytesElement(
    tag,
    vr,
    text === undefined ? new Uint8Array(ZEROS[vr] ?? 0) : Buffer.from(text, 'latin1'),
  )
}

function dummyText(tag: number, vr: Vr, patientNumber: number): string | undefined {
  if (vr === 'PN') return `Anonymized^${patientNumber}`
  return tag === PATIENT_ID ? `ANON${patientNumber}` : DUMMIES[vr]
}

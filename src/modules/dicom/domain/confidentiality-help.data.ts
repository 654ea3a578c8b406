import type { ConfidentialityOption } from './confidentiality-profile.ts'

/** What each option means for whoever chooses it. */
export const CONFIDENTIALITY_HELP: Readonly<Record<ConfidentialityOption, string>> = {
  'clean-graphics': 'Graphic annotations are cleaned instead of removed; overlay planes always go.',
  'clean-structured-content': 'The content of structured reports is cleaned instead of removed.',
  'clean-descriptors': 'Free texts such as descriptions are kept without names, identifiers and places.',
  'retain-full-dates': 'Dates and times stay as they are.',
  'retain-modified-dates': 'Dates are moved, all of one patient by the same number of days.',
  'retain-patient-characteristics': 'Age, sex, size, weight and the like stay.',
  'retain-device-identity': 'Serial numbers and names of devices stay.',
  'retain-uids': 'UIDs stay, so that copies can be matched with their originals.',
  'retain-safe-private': 'Private attributes stay that the standard lists as free of identity.',
  'retain-institution-identity': 'Name and address of the institution stay.',
}

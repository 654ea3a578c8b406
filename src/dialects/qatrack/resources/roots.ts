import type { Links } from '../wire/links.ts'
import { listAddress } from '../wire/pagination.ts'

/** The resources below each part of the API, in the documented order of registration. */
export const SUB_ROOTS: Readonly<Record<string, readonly string[]>> = {
  auth: ['users', 'groups'],
  attachments: ['attachments'],
  comments: ['comments'],
  contenttypes: ['contenttypes'],
  faults: ['faults', 'faulttypes'],
  parts: [
    'suppliers',
    'storages',
    'rooms',
    'partcategories',
    'parts',
    'partstoragecollections',
    'partsuppliercollections',
    'partuseds',
  ],
  units: [
    'units',
    'vendors',
    'unitclasses',
    'unittypes',
    'modalities',
    'sites',
    'availabletimes',
    'availabletimeedits',
  ],
  qa: [
    'frequencies',
    'testinstancestatus',
    'autoreviewrules',
    'autoreviewrulesets',
    'references',
    'tolerances',
    'categories',
    'tests',
    'unittestinfos',
    'testlists',
    'testlistmemberships',
    'sublists',
    'unittestcollections',
    'testinstances',
    'testlistinstances',
    'testlistcycles',
    'testlistcyclememberships',
  ],
  servicelog: [
    'serviceareas',
    'unitserviceareas',
    'servicetypes',
    'serviceeventstatus',
    'serviceevents',
    'serviceeventschedule',
    'serviceeventtemplate',
    'thirdparty',
    'hours',
    'returntoserviceqa',
    'grouplinker',
    'grouplinkerinstance',
  ],
}

const PARTS = [
  'auth',
  'attachments',
  'contenttypes',
  'faults',
  'parts',
  'comments',
  'units',
  'qa',
  'servicelog',
  'schema',
]

/** `GET /api/`: the parts, without trailing slashes. */
export function presentRoot({ root, qa }: Links) {
  return Object.fromEntries(PARTS.map((part) => [part, `${root}/api/${part === 'qa' ? qa : part}`]))
}

/** `GET /api/<part>/`: the resources of one part. */
export function presentSubRoot(links: Links, part: string) {
  const names = SUB_ROOTS[part] ?? []
  return Object.fromEntries(names.map((name) => [name, listAddress(links, `${part}/${name}`)]))
}

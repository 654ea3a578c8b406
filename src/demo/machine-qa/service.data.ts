/** Service of the demonstration: what happens to its machines, and the parts for it. */

export const SERVICE_AREAS: Readonly<Record<string, readonly string[]>> = {
  Linac: ['Beam delivery', 'Couch', 'Gantry', 'Imaging', 'MLC', 'Safety systems', 'Cooling'],
  CT: ['Couch', 'Lasers', 'X-ray tube', 'Safety systems'],
  'HDR afterloader': ['Source drive', 'Transfer tubes', 'Safety systems'],
}

export const THIRD_PARTIES = [
  { firstName: 'Vera', lastName: 'Ariane', vendor: 'Varian' },
  { firstName: 'Elke', lastName: 'Taal', vendor: 'Elekta' },
  { firstName: 'Phil', lastName: 'Lipsen', vendor: 'Philips' },
] as const

export const SUPPLIERS = [
  { name: 'Oncoparts', phoneNumber: '+1 555 0100', website: 'https://oncoparts.example.org', address: '1 Beam Street' },
  { name: 'Mechanical Spares', phoneNumber: '+1 555 0133', website: 'https://spares.example.org', address: '' },
  { name: 'Tubes and Tubes', phoneNumber: '+1 555 0177', website: '', address: '12 Anode Road' },
] as const

export const STORAGES = [
  { room: 'Workshop', location: 'Shelf A' },
  { room: 'Workshop', location: 'Shelf B' },
  { room: 'Linac store', location: 'Cabinet 1' },
] as const

export type DemoPart = {
  readonly number: string
  readonly name: string
  readonly category: string
  readonly cost: number
  /** as counted last */
  readonly stock: number
  readonly least: number
  /** place in `STORAGES` */
  readonly storage: 0 | 1 | 2
  readonly supplier: (typeof SUPPLIERS)[number]['name']
}

export const PARTS: readonly DemoPart[] = [
  { number: 'MLC-MOT-120', name: 'MLC leaf motor', category: 'Motors', cost: 310, stock: 3, least: 4, storage: 0, supplier: 'Oncoparts' },
  { number: 'CCH-MOT-V', name: 'Couch vertical motor', category: 'Motors', cost: 1890, stock: 1, least: 1, storage: 2, supplier: 'Mechanical Spares' },
  { number: 'CCH-POT-10', name: 'Couch potentiometer', category: 'Sensors', cost: 145, stock: 5, least: 2, storage: 0, supplier: 'Mechanical Spares' },
  { number: 'THY-CX1154', name: 'Thyratron', category: 'Tubes', cost: 7400, stock: 2, least: 1, storage: 2, supplier: 'Tubes and Tubes' },
  { number: 'MAG-EV4', name: 'Magnetron', category: 'Tubes', cost: 21_500, stock: 1, least: 1, storage: 2, supplier: 'Tubes and Tubes' },
  { number: 'ION-CH-SEAL', name: 'Monitor chamber', category: 'Sensors', cost: 5200, stock: 1, least: 1, storage: 2, supplier: 'Oncoparts' },
  { number: 'EPID-CABLE', name: 'Imager cable', category: 'Cables', cost: 260, stock: 4, least: 2, storage: 1, supplier: 'Oncoparts' },
  { number: 'LSR-GREEN', name: 'Green laser module', category: 'Optics', cost: 980, stock: 2, least: 1, storage: 1, supplier: 'Mechanical Spares' },
  { number: 'FLT-WATER', name: 'Water filter', category: 'Consumables', cost: 28, stock: 5, least: 6, storage: 0, supplier: 'Mechanical Spares' },
  { number: 'SW-DOOR', name: 'Door switch', category: 'Sensors', cost: 64, stock: 8, least: 3, storage: 0, supplier: 'Mechanical Spares' },
  { number: 'HDR-TUBE-320', name: 'Transfer tube 320 mm', category: 'Consumables', cost: 410, stock: 6, least: 4, storage: 1, supplier: 'Oncoparts' },
  { number: 'BULB-LF', name: 'Light field bulb', category: 'Consumables', cost: 35, stock: 9, least: 5, storage: 1, supplier: 'Mechanical Spares' },
]

export type DemoService = {
  /** class of the machines to which it happens */
  readonly of: keyof typeof SERVICE_AREAS & string
  readonly area: string
  readonly type: 'Minor' | 'Preventive' | 'Extensive' | 'Safety Systems'
  readonly problem: string
  readonly work: string
  /** usual hours of work and of time lost */
  readonly workH: number
  readonly lostH: number
  readonly part?: string
  /** whether the daily list has to be performed before the machine is used again */
  readonly needsQa?: boolean
  readonly byVendor?: boolean
  /** what the machine showed */
  readonly fault?: string
}

export const SERVICES: readonly DemoService[] = [
  { of: 'Linac', area: 'MLC', type: 'Minor', problem: 'Leaf does not follow its plan.', work: 'Leaf motor exchanged and initialised.', workH: 1.5, lostH: 1, part: 'MLC-MOT-120', needsQa: true, fault: 'MLC 0420' },
  { of: 'Linac', area: 'Couch', type: 'Minor', problem: 'Vertical position differs between displays.', work: 'Potentiometer exchanged, couch calibrated.', workH: 2, lostH: 1.5, part: 'CCH-POT-10', fault: 'COUCH POS' },
  { of: 'Linac', area: 'Beam delivery', type: 'Extensive', problem: 'Dose rate drops after warm-up.', work: 'Thyratron exchanged, beam tuned.', workH: 6, lostH: 5, part: 'THY-CX1154', needsQa: true, byVendor: true, fault: 'MOD INTLK' },
  { of: 'Linac', area: 'Beam delivery', type: 'Extensive', problem: 'Output unstable, reflected power high.', work: 'Magnetron exchanged, beam steered.', workH: 9, lostH: 8, part: 'MAG-EV4', needsQa: true, byVendor: true, fault: 'AFC LOCK' },
  { of: 'Linac', area: 'Imaging', type: 'Minor', problem: 'Imager shows vertical lines.', work: 'Cable exchanged, dark field taken anew.', workH: 1, lostH: 0.5, part: 'EPID-CABLE', fault: 'XI 1190' },
  { of: 'Linac', area: 'Gantry', type: 'Preventive', problem: 'Quarterly maintenance.', work: 'Cleaned, greased, readouts checked.', workH: 7, lostH: 4, part: 'FLT-WATER', needsQa: true, byVendor: true },
  { of: 'Linac', area: 'Cooling', type: 'Minor', problem: 'Water temperature rises.', work: 'Filter exchanged, level filled up.', workH: 1, lostH: 0.5, part: 'FLT-WATER', fault: 'WATER TEMP' },
  { of: 'Linac', area: 'Safety systems', type: 'Safety Systems', problem: 'Door interlock opens without cause.', work: 'Door switch exchanged and tested.', workH: 1.5, lostH: 1.5, part: 'SW-DOOR', needsQa: true, fault: 'DOOR' },
  { of: 'Linac', area: 'Imaging', type: 'Minor', problem: 'Light field is dim.', work: 'Bulb exchanged.', workH: 0.5, lostH: 0, part: 'BULB-LF' },
  { of: 'CT', area: 'Lasers', type: 'Minor', problem: 'Lateral laser is off by 2 mm.', work: 'Laser module exchanged and aligned.', workH: 2, lostH: 1, part: 'LSR-GREEN', needsQa: true, fault: 'LASER' },
  { of: 'CT', area: 'X-ray tube', type: 'Preventive', problem: 'Half-yearly maintenance.', work: 'Tube conditioned, numbers checked.', workH: 5, lostH: 3, needsQa: true, byVendor: true },
  { of: 'CT', area: 'Couch', type: 'Minor', problem: 'Couch stops with an error.', work: 'Emergency stop had been pressed; released and tested.', workH: 0.5, lostH: 0.5, fault: 'COUCH STOP' },
  { of: 'HDR afterloader', area: 'Transfer tubes', type: 'Minor', problem: 'Tube is kinked.', work: 'Tube exchanged, length measured.', workH: 0.5, lostH: 0, part: 'HDR-TUBE-320', fault: 'PATH 12' },
  { of: 'HDR afterloader', area: 'Source drive', type: 'Preventive', problem: 'Maintenance with the exchange of the source.', work: 'Drive cleaned, source exchanged by the vendor.', workH: 6, lostH: 6, needsQa: true, byVendor: true },
]

/** Faults that need no service: a machine was reset. */
export const PASSING_FAULTS: Readonly<Record<string, readonly string[]>> = {
  Linac: ['MLC 0420', 'XI 1190', 'DOSE 2', 'HWFA', 'COUCH POS', 'DOOR', 'KEY OFF'],
  CT: ['COUCH STOP', 'TUBE HOT'],
  'HDR afterloader': ['PATH 12', 'OBSTRUCTION'],
}

export const CONTACTS = [
  { name: 'Varian service desk', role: 'Hotline, day and night', phone: '+1 555 0101', email: 'varian@example.org', vendor: 'Varian' },
  { name: 'Elekta service desk', role: 'Hotline', phone: '+1 555 0102', email: 'elekta@example.org', vendor: 'Elekta' },
  { name: 'Philips service desk', role: 'Hotline', phone: '+1 555 0103', email: 'philips@example.org', vendor: 'Philips' },
  { name: 'Workshop', role: 'Clinical engineering', phone: '4417', email: 'workshop@example.org', vendor: undefined },
] as const

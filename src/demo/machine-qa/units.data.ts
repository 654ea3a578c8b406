/** Machines of the demonstration. Ids follow from the order; those of types and units are the users' document's. */

export const UNIT_CLASSES = ['Linac', 'CT', 'HDR afterloader'] as const

export const VENDORS = ['Varian', 'Elekta', 'Philips'] as const

export const UNIT_TYPES = [
  { name: 'Clinac', model: '21EX', vendor: 'Varian', unitClass: 'Linac' },
  { name: 'Synergy', model: 'Agility', vendor: 'Elekta', unitClass: 'Linac' },
  { name: 'Versa HD', model: 'Agility', vendor: 'Elekta', unitClass: 'Linac' },
  { name: 'Brilliance', model: 'Big Bore', vendor: 'Philips', unitClass: 'CT' },
  { name: 'Flexitron', model: 'HDR', vendor: 'Elekta', unitClass: 'HDR afterloader' },
  { name: 'VitalBeam', model: '2.7', vendor: 'Varian', unitClass: 'Linac' },
  { name: 'TrueBeam', model: '2.7', vendor: 'Varian', unitClass: 'Linac' },
] as const

export const MODALITIES = ['6 MV', '10 MV', '6 MV FFF', '6 MeV', '9 MeV', '12 MeV', '16 MeV', 'kV CT', 'Ir-192'] as const

export const SITES = ['Main Campus', 'North Clinic'] as const

export type DemoUnit = {
  readonly number: number
  readonly name: string
  readonly type: (typeof UNIT_TYPES)[number]['name']
  readonly modalities: readonly (typeof MODALITIES)[number][]
  readonly site?: (typeof SITES)[number]
  readonly serialNumber?: string
  readonly location?: string
  readonly assetNumber: string
}

/** In the order of their ids, 1 to 6. */
export const UNITS: readonly DemoUnit[] = [
  { number: 3, name: 'Unit 3', type: 'TrueBeam', modalities: ['6 MV'], serialNumber: '799', location: 'TBCC', assetNumber: 'RT-0003' },
  { number: 2, name: 'Unit 2', type: 'VitalBeam', modalities: ['6 MV', '6 MeV', '9 MeV', '12 MeV', '16 MeV'], site: 'Main Campus', serialNumber: '4112', location: 'Room B2', assetNumber: 'RT-0002' },
  { number: 4, name: 'Unit 4', type: 'Versa HD', modalities: ['6 MV', '6 MV FFF'], site: 'North Clinic', serialNumber: '154227', location: 'Room 1', assetNumber: 'RT-0004' },
  { number: 5, name: 'CT 1', type: 'Brilliance', modalities: ['kV CT'], site: 'Main Campus', serialNumber: '7510', location: 'Room A4', assetNumber: 'RT-0011' },
  { number: 1, name: 'Unit 1', type: 'TrueBeam', modalities: ['6 MV', '10 MV'], assetNumber: 'RT-0001' },
  { number: 6, name: 'HDR 1', type: 'Flexitron', modalities: ['Ir-192'], site: 'Main Campus', serialNumber: 'F-2209', location: 'Room B5', assetNumber: 'RT-0021' },
]

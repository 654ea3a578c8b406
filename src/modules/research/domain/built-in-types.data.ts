import type { JsonObject } from './json-value.ts'

/** A sample type that every site begins with. The first four keep their ids and names of the DMLF. */
export type BuiltInType = {
  readonly name: string
  readonly key: string
  readonly description: string
  readonly listed: boolean
  readonly schema: JsonObject
}

const SCHEMA = 'https://json-schema.org/draft/2020-12/schema'

const required = (uid: string): JsonObject => ({ type: 'string', minLength: 1, maxLength: 255, 'x-ts-uid': uid, 'x-ts-kind': 'text' })
const comment = (uid: string): JsonObject => ({ type: ['string', 'null'], maxLength: 255, 'x-ts-uid': uid, 'x-ts-kind': 'longtext', 'x-ts-empty': 'null' })
const amount = (uid: string, unit: string, title: string): JsonObject => ({ type: 'number', minimum: 0, title, 'x-ts-uid': uid, 'x-ts-kind': 'number', 'x-ts-unit': unit })
const optionalAmount = (uid: string, unit: string, title: string): JsonObject => ({ ...amount(uid, unit, title), type: ['number', 'null'], 'x-ts-empty': 'null' })

function rooted(key: string, title: string, rest: JsonObject): JsonObject {
  return { $schema: SCHEMA, $id: `urn:touchstone:type:${key}:1.0`, title, type: 'object', ...rest }
}

const DENSITY_RULE = {
  id: 'density',
  field: 'density_in_gccm',
  level: 'warning',
  expr: 'filled(weight_in_g) and filled(volume_in_ccm) and filled(density_in_gccm) implies abs(density_in_gccm - weight_in_g / volume_in_ccm) <= 5 % * density_in_gccm',
  message: 'The density differs by more than 5 % from weight divided by volume.',
}

/** @see specification 2.3 for the fields of the first four, 5.9 for the others */
export const BUILT_IN_TYPES: readonly BuiltInType[] = [
  {
    name: 'Battery',
    key: 'battery',
    description: 'A battery at the end of its life, where every route of recycling begins.',
    listed: true,
    schema: rooted('battery', 'Battery', {
      properties: {
        name: required('bat_name'),
        composition: { type: 'string', maxLength: 255, 'x-ts-uid': 'bat_comp', 'x-ts-kind': 'text', 'x-ts-empty': 'keep' },
        manufacturer: required('bat_manu'),
        produced: { type: ['string', 'null'], format: 'date', 'x-ts-uid': 'bat_prod', 'x-ts-kind': 'date', 'x-ts-empty': 'null' },
        comment: comment('bat_comm'),
      },
      required: ['name', 'manufacturer'],
      additionalProperties: true,
      'x-ts-display': { columns: ['name', 'composition', 'manufacturer', 'produced'], headline: '{name} ({composition})' },
    }),
  },
  {
    name: 'Solids',
    key: 'solids',
    description: 'Solid material such as a fraction of crushed batteries.',
    listed: true,
    schema: rooted('solids', 'Solids', {
      properties: {
        name: required('sol_name'),
        weight_in_g: amount('sol_weight', 'g', 'Weight'),
        volume_in_ccm: optionalAmount('sol_volume', 'cm3', 'Volume'),
        density_in_gccm: optionalAmount('sol_density', 'g/cm3', 'Density'),
        comment: comment('sol_comm'),
      },
      required: ['name', 'weight_in_g'],
      additionalProperties: true,
      'x-ts-rules': [DENSITY_RULE],
      'x-ts-display': { columns: ['name', 'weight_in_g', 'density_in_gccm'], headline: '{name}' },
    }),
  },
  {
    name: 'Liquid',
    key: 'liquid',
    description: 'A liquid such as an electrolyte.',
    listed: true,
    schema: rooted('liquid', 'Liquid', {
      properties: {
        name: required('liq_name'),
        volume_in_ccm: amount('liq_volume', 'cm3', 'Volume'),
        weight_in_g: optionalAmount('liq_weight', 'g', 'Weight'),
        density_in_gccm: optionalAmount('liq_density', 'g/cm3', 'Density'),
        comment: comment('liq_comm'),
      },
      required: ['name', 'volume_in_ccm'],
      additionalProperties: true,
      'x-ts-rules': [DENSITY_RULE],
      'x-ts-display': { columns: ['name', 'volume_in_ccm', 'density_in_gccm'], headline: '{name}' },
    }),
  },
  {
    name: 'Suspension',
    key: 'suspension',
    description: 'A solid in a liquid.',
    listed: true,
    schema: rooted('suspension', 'Suspension', {
      properties: {
        name: required('sus_name'),
        liquid: required('sus_liquid'),
        solid: required('sus_solid'),
        volume_in_ccm: amount('sus_volume', 'cm3', 'Volume'),
        weight_in_g: optionalAmount('sus_weight', 'g', 'Weight'),
        density_in_gccm: optionalAmount('sus_density', 'g/cm3', 'Density'),
      },
      required: ['name', 'liquid', 'solid', 'volume_in_ccm'],
      additionalProperties: true,
      'x-ts-rules': [DENSITY_RULE],
      'x-ts-display': { columns: ['name', 'liquid', 'solid', 'volume_in_ccm'], headline: '{name}' },
    }),
  },
  {
    name: 'Powder',
    key: 'powder',
    description: 'A powder with its particle sizes.',
    listed: false,
    schema: rooted('powder', 'Powder', {
      properties: {
        name: required('pow_name'),
        composition: { type: 'string', maxLength: 200, title: 'Composition', description: 'A chemical formula such as LiNi0.33Mn0.33Co0.33O2.', 'x-ts-uid': 'pow_comp', 'x-ts-kind': 'formula' },
        weight: { type: 'object', title: 'Weight', 'x-ts-uid': 'pow_weight', 'x-ts-kind': 'quantity', 'x-ts-units': ['g', 'mg', 'kg'], 'x-ts-uncertainty': 'optional', minimum: 0 },
        median_size: { type: 'object', title: 'Median particle size (d50)', 'x-ts-uid': 'pow_d50', 'x-ts-kind': 'quantity', 'x-ts-units': ['um', 'nm'], 'x-ts-uncertainty': 'optional', minimum: 0 },
        moisture: { type: 'number', title: 'Moisture', minimum: 0, maximum: 100, 'x-ts-uid': 'pow_moisture', 'x-ts-kind': 'number', 'x-ts-unit': '%', 'x-ts-limits': [{ name: 'storage', upper: 2, action: 'warn' }] },
        hazards: { type: 'array', title: 'Hazards (GHS)', items: { type: 'string', enum: ['GHS01', 'GHS02', 'GHS03', 'GHS04', 'GHS05', 'GHS06', 'GHS07', 'GHS08', 'GHS09'] }, uniqueItems: true, 'x-ts-uid': 'pow_hazards', 'x-ts-kind': 'hazard' },
        comment: comment('pow_comm'),
      },
      required: ['name', 'weight'],
      additionalProperties: false,
      'x-ts-display': { columns: ['name', 'composition', 'weight', 'median_size'], headline: '{name}' },
    }),
  },
  {
    name: 'Electrode sheet',
    key: 'electrode-sheet',
    description: 'A coated foil.',
    listed: false,
    schema: rooted('electrode-sheet', 'Electrode sheet', {
      properties: {
        name: required('ele_name'),
        polarity: { type: 'string', title: 'Polarity', enum: ['anode', 'cathode'], 'x-ts-uid': 'ele_polarity', 'x-ts-kind': 'choice' },
        area: { type: 'number', title: 'Area', minimum: 0, 'x-ts-uid': 'ele_area', 'x-ts-kind': 'number', 'x-ts-unit': 'cm2' },
        layers: {
          type: 'array',
          title: 'Layers',
          maxItems: 20,
          'x-ts-uid': 'ele_layers',
          'x-ts-kind': 'list',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['material', 'thickness'],
            properties: {
              material: { type: 'string', minLength: 1, maxLength: 100, title: 'Material', 'x-ts-uid': 'ele_layer_material', 'x-ts-kind': 'text' },
              thickness: { type: 'number', minimum: 0, title: 'Thickness', 'x-ts-uid': 'ele_layer_thickness', 'x-ts-kind': 'number', 'x-ts-unit': 'um' },
            },
          },
        },
        total_thickness: { type: ['number', 'null'], title: 'Total thickness', readOnly: true, 'x-ts-uid': 'ele_total', 'x-ts-kind': 'number', 'x-ts-unit': 'um', 'x-ts-calc': { expr: 'sum(layers[].thickness)' } },
        comment: comment('ele_comm'),
      },
      required: ['name', 'polarity'],
      additionalProperties: false,
      'x-ts-display': { columns: ['name', 'polarity', 'area', 'total_thickness'], headline: '{name} ({polarity})' },
    }),
  },
  {
    name: 'Radioactive source',
    key: 'radioactive-source',
    description: 'A sealed source with its activity at a reference date.',
    listed: false,
    schema: rooted('radioactive-source', 'Radioactive source', {
      properties: {
        name: required('src_name'),
        nuclide: { type: 'string', title: 'Nuclide', pattern: '^[A-Z][a-z]?-\\d{1,3}m?$', 'x-ts-pattern-hint': 'such as Ir-192', 'x-ts-uid': 'src_nuclide', 'x-ts-kind': 'text' },
        serial: { type: 'string', title: 'Serial number', maxLength: 100, 'x-ts-uid': 'src_serial', 'x-ts-kind': 'text' },
        activity: { type: 'object', title: 'Activity', 'x-ts-uid': 'src_activity', 'x-ts-kind': 'quantity', 'x-ts-units': ['GBq', 'MBq', 'kBq', 'Ci', 'mCi'], 'x-ts-uncertainty': 'optional', minimum: 0 },
        reference_date: { type: 'string', format: 'date', title: 'Reference date', 'x-ts-uid': 'src_date', 'x-ts-kind': 'date' },
        half_life: { type: 'object', title: 'Half-life', 'x-ts-uid': 'src_half', 'x-ts-kind': 'duration', 'x-ts-units': ['d', 'a', 'h'], minimum: 0 },
        leak_tested: { type: 'boolean', title: 'Leak tested', 'x-ts-uid': 'src_leak', 'x-ts-kind': 'boolean' },
        leak_tested_on: { type: 'string', format: 'date', title: 'Leak tested on', 'x-ts-uid': 'src_leak_on', 'x-ts-kind': 'date', 'x-ts-when': { field: 'leak_tested', eq: true } },
        comment: comment('src_comm'),
      },
      required: ['name', 'nuclide', 'activity', 'reference_date', 'leak_tested_on'],
      additionalProperties: false,
      'x-ts-display': { columns: ['name', 'nuclide', 'activity', 'reference_date'], headline: '{name} ({nuclide})' },
    }),
  },
]

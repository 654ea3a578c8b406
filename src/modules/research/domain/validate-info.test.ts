import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_TYPES } from './built-in-types.data.ts'
import { checkSchema } from './check-schema.ts'
import { describeType } from './describe-type.ts'
import type { JsonObject } from './json-value.ts'
import { normaliseInfo } from './normalise-info.ts'
import { infoValidator, standardSchema } from './validate-info.ts'

function builtIn(name: string): JsonObject {
  const found = BUILT_IN_TYPES.find((type) => type.name === name)
  if (!found) throw new Error(`there is no type ${name}`)
  return found.schema
}

function withoutId({ $id: _id, ...schema }: JsonObject): JsonObject {
  return schema
}

function problemsOf(schema: JsonObject, info: JsonObject): readonly string[] {
  const { errors, warnings } = infoValidator(schema).validate(info)
  return [...errors, ...warnings].map(({ path, code, message }) => `${path} ${code} ${message}`)
}

function withField(field: JsonObject, rest: JsonObject = {}): JsonObject {
  return { type: 'object', properties: { name: { type: 'string' }, x: field }, ...rest }
}

describe('built-in types', () => {
  it.each(BUILT_IN_TYPES.map(({ name, schema }) => [name, schema] as const))(
    '%s can be published',
    (_name, schema) => {
      expect(checkSchema(schema)).toEqual([])
      expect(new Ajv2020({ strict: false }).validateSchema(standardSchema(schema))).toBe(true)
    },
  )

  // the published description of the DMLF, specification 1.13
  it('Battery is described as the users’ document expects', () => {
    expect(JSON.stringify(describeType(infoValidator(builtIn('Battery')).fields))).toBe(
      '{"name":{"type":"CharField","help_text":"","required":true,"allow_null":false},' +
        '"composition":{"type":"CharField","help_text":"","required":false,"allow_null":false},' +
        '"manufacturer":{"type":"CharField","help_text":"","required":true,"allow_null":false},' +
        '"produced":{"type":"DateField","help_text":"","required":false,"allow_null":true},' +
        '"comment":{"type":"CharField","help_text":"","required":false,"allow_null":true}}',
    )
  })

  it('Battery takes the sample info of the users’ document', () => {
    const schema = builtIn('Battery')
    const given = {
      name: 'mock battery',
      composition: 'NMC111',
      manufacturer: 'car manufacturer',
      produced: '',
      comment: 'here be dragons',
    }
    const info = normaliseInfo(infoValidator(schema).fields, given)
    expect(info).toEqual({ ...given, produced: null })
    expect(infoValidator(schema).validate(info)).toEqual({ valid: true, errors: [], warnings: [] })
  })
})

describe('reading files of the DMLF', () => {
  it.each([
    ['Solids', { name: 's', weight_in_g: '12.5' }, { name: 's', weight_in_g: 12.5 }],
    [
      'Solids',
      { name: 's', weight_in_g: '12,5', comment: ' ' },
      { name: 's', weight_in_g: 12.5, comment: null },
    ],
    ['Solids', { name: '', weight_in_g: 1 }, { name: '', weight_in_g: 1 }],
    ['Battery', { name: 'b', manufacturer: 'm', composition: null }, { name: 'b', manufacturer: 'm' }],
    [
      'Battery',
      { name: 'b', manufacturer: 'm', composition: '' },
      { name: 'b', manufacturer: 'm', composition: '' },
    ],
    ['Battery', { name: null, colour: 'red' }, { name: null, colour: 'red' }],
    ['Solids', { weight_in_g: 'much' }, { weight_in_g: 'much' }],
  ])('%s %o means %o', (type, given, expected) => {
    expect(normaliseInfo(infoValidator(builtIn(type)).fields, given)).toEqual(expected)
  })
})

describe('checking sample info', () => {
  it.each([
    ['Solids', { name: 's', weight_in_g: -1 }, ['/weight_in_g minimum Must be at least 0 g.']],
    [
      'Solids',
      {},
      ['/name required This field is required.', '/weight_in_g required This field is required.'],
    ],
    [
      'Solids',
      { name: '', weight_in_g: null },
      ['/name blank This field may not be blank.', '/weight_in_g null This field may not be null.'],
    ],
    [
      'Solids',
      { name: 3, weight_in_g: '12 g' },
      ['/name type Must be text.', '/weight_in_g type Must be a number.'],
    ],
    [
      'Battery',
      { name: 'b', manufacturer: 'm', produced: '2024-13-01' },
      ['/produced format Does not match the required form (YYYY-MM-DD).'],
    ],
    [
      'Battery',
      { name: 'n'.repeat(256), manufacturer: 'm' },
      ['/name max_length Ensure this field has no more than 255 characters.'],
    ],
    [
      'Solids',
      { name: 's', weight_in_g: 10, volume_in_ccm: 5, density_in_gccm: 3 },
      ['/density_in_gccm rule The density differs by more than 5 % from weight divided by volume.'],
    ],
    ['Solids', { name: 's', weight_in_g: 10, volume_in_ccm: 5, density_in_gccm: 2.05 }, []],
    [
      'Powder',
      { name: 'p', weight: { value: 2, unit: 'cm3' } },
      ['/weight unit_dimension Unit "cm3" does not measure mass.'],
    ],
    [
      'Powder',
      { name: 'p', weight: { value: 2, unit: 'stone' } },
      ['/weight unit_unknown Unit "stone" is unknown.'],
    ],
    [
      'Powder',
      { name: 'p', weight: 2 },
      ['/weight type Must be an object.', '/weight type Must be a quantity with value and unit.'],
    ],
    ['Powder', { name: 'p', weight: { value: -2, unit: 'mg' } }, ['/weight minimum Must be at least 0 g.']],
    ['Powder', { name: 'p', weight: { value: null, unit: 'mg', missing: 'lost' } }, []],
    [
      'Powder',
      { name: 'p', weight: { value: 2, unit: 'mg', u: { value: 0.1 } }, moisture: 3 },
      ['/moisture limit outside storage: −∞ to 2'],
    ],
    [
      'Powder',
      { name: 'p', weight: { value: 2, unit: 'g' }, composition: 'NMC' },
      ['/composition format Does not match the required form (a chemical formula such as NaCl).'],
    ],
    [
      'Powder',
      { name: 'p', weight: { value: 2, unit: 'g' }, colour: 'red' },
      ['/colour unknown_field Unknown field.'],
    ],
    [
      'Powder',
      { name: 'p', weight: { value: 2, unit: 'g' }, hazards: ['GHS01', 'GHS99'] },
      ['/hazards/1 choice "GHS99" is not a valid choice.'],
    ],
    [
      'Electrode sheet',
      { name: 'e', polarity: 'both', layers: [{ material: 'Al' }] },
      [
        '/polarity choice "both" is not a valid choice.',
        '/layers/0/thickness required This field is required.',
      ],
    ],
    [
      'Radioactive source',
      { name: 'r', nuclide: 'Ir192', activity: { value: 370, unit: 'GBq' }, reference_date: '2026-01-01' },
      ['/nuclide pattern Does not match the required form (such as Ir-192).'],
    ],
    [
      'Radioactive source',
      {
        name: 'r',
        nuclide: 'Ir-192',
        activity: { value: 370, unit: 'GBq' },
        reference_date: '2026-01-01',
        leak_tested: true,
      },
      ['/leak_tested_on required This field is required.'],
    ],
    [
      'Radioactive source',
      {
        name: 'r',
        nuclide: 'Ir-192',
        activity: { value: 370, unit: 'GBq' },
        reference_date: '2026-01-01',
        leak_tested: false,
        leak_tested_on: 'x',
      },
      [],
    ],
  ])('%s %o: %o', (type, info, expected) => {
    expect(problemsOf(builtIn(type), info)).toEqual(expected)
  })

  it('knows what stands in the database', () => {
    const schema = withField({ type: 'string', 'x-ts-kind': 'text', 'x-ts-vocab': 'materials' })
    const checks = {
      term: (_list: string, code: string) =>
        code === 'al'
          ? ({ kind: 'active' } as const)
          : code === 'alu'
            ? ({ kind: 'retired', replacement: 'al' } as const)
            : undefined,
      isOpen: () => false,
    }
    const said = (x: string) => {
      const { errors, warnings } = infoValidator(schema).validate({ x }, checks)
      return [...errors, ...warnings].map(({ level, message }) => `${level} ${message}`)
    }
    expect(said('al')).toEqual([])
    expect(said('alu')).toEqual(['warning "alu" is no longer in use; use "al".'])
    expect(said('wood')).toEqual(['error "wood" is not a valid choice.'])
  })

  it('tells where and in what unit, for forms', () => {
    expect(infoValidator(builtIn('Solids')).validate({ name: 's', weight_in_g: -1 }).errors).toEqual([
      {
        path: '/weight_in_g',
        code: 'minimum',
        level: 'error',
        message: 'Must be at least 0 g.',
        params: { min: 0, unit: 'g', value: -1 },
        schemaPath: '/properties/weight_in_g/minimum',
        uid: 'sol_weight',
      },
    ])
  })

  it('agrees with any validator of JSON Schema about standard keywords, and fails at no document', () => {
    // hidden fields keep no value here, which no keyword can say
    for (const { schema } of BUILT_IN_TYPES.filter(({ name }) => name !== 'Radioactive source')) {
      const foreign = new Ajv2020({ strict: false, validateFormats: false }).compile(
        withoutId(standardSchema(schema)),
      )
      const names = infoValidator(schema).fields.map(({ name }) => name)
      const document = fc.dictionary(
        fc.constantFrom(...names, 'other'),
        fc.oneof(
          fc.string(),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.constant(null),
          fc.jsonValue(),
        ),
      )
      fc.assert(
        fc.property(document, (given) => {
          const info = Object.fromEntries(Object.entries(given))
          const ours = infoValidator(schema).validate(info)
          if (!foreign(info)) expect(ours.valid).toBe(false)
        }),
        { numRuns: 50 },
      )
    }
  })
})

describe('schemas', () => {
  it.each([
    [42, 'A schema is a JSON object.'],
    [{ type: 'array', properties: {} }, 'The root must be of type object.'],
    [withField({ type: 'strang' }), 'This is no type of JSON.'],
    [withField({ type: 'string', patternProperties: {} }), 'The keyword patternProperties is not used here.'],
    [withField({ $ref: 'https://example.org/x' }), 'This must name a definition of this schema: #/$defs/…'],
    [withField({ type: 'string', pattern: '(a+)+$' }), 'A pattern may not repeat a group.'],
    [withField({ type: 'string', pattern: '(' }), 'A pattern is no regular expression.'],
    [
      withField({ type: 'string', pattern: 'a*b*c*' }),
      'A pattern may have 2 repetitions without end at most.',
    ],
    [
      withField({ type: 'string', format: 'hostname' }),
      'This must be one of date, time, date-time, email, uri, uuid.',
    ],
    [withField({ type: 'number', 'x-ts-unit': 'stone' }), 'There is no unit stone.'],
    [
      withField({ type: 'object', 'x-ts-kind': 'quantity', 'x-ts-units': ['g', 's'] }),
      's does not measure mass as g does.',
    ],
    [withField({ type: 'object', 'x-ts-kind': 'quantity' }), 'A quantity needs a unit.'],
    [
      withField({ type: 'string', 'x-ts-kind': 'number' }),
      'A field of the kind number is of type number or integer.',
    ],
    [withField({ type: 'string', 'x-ts-kind': 'wish' }), 'There is no kind wish.'],
    [withField({ type: 'string', 'x-ts-kind': 'choice' }), 'A choice needs choices or a controlled list.'],
    [withField({ type: 'string', 'x-ts-uid': 'name' }), 'Another field has the identity name too.'],
    [
      withField({ type: 'string', 'x-ts-when': { field: 'y', eq: 1 } }),
      'y is no other field beside this one.',
    ],
    [withField({ type: 'string', 'x-ts-when': 5 }), 'This is no condition.'],
    [withField({ type: 'number' }, { required: ['z'] }), 'There is no field z.'],
    [
      withField({ type: 'number' }, { 'x-ts-rules': [{ expr: 'x + 1 g > 2 g' }] }),
      'no dimension and mass cannot be added or subtracted.',
    ],
    [withField({ type: 'number' }, { 'x-ts-rules': [{ expr: 'x + 1' }] }), 'A rule must be true or false.'],
    [withField({ type: 'number', 'x-ts-calc': { expr: 'name' } }), 'A formula must give a number.'],
    [
      { type: 'object', properties: { '1x': { type: 'string' } } },
      'A name begins with a letter and has letters, digits and _ only.',
    ],
    [withField({ type: 'string', minLength: -1 }), 'This must be a whole number of at least 0.'],
    [
      withField({
        type: 'object',
        properties: {
          a: {
            type: 'object',
            properties: {
              b: {
                type: 'object',
                properties: {
                  c: {
                    type: 'object',
                    properties: { d: { type: 'object', properties: { e: { type: 'string' } } } },
                  },
                },
              },
            },
          },
        },
      }),
      'Fields may be nested 5 deep at most.',
    ],
  ])('like %o are refused: %s', (schema, problem) => {
    expect(checkSchema(schema).map((each) => each.problem)).toContain(problem)
  })

  it('of any shape are refused or taken, and then check documents', () => {
    const field = fc.dictionary(
      fc.constantFrom(
        'type',
        'x-ts-kind',
        'enum',
        'pattern',
        'minimum',
        'x-ts-unit',
        'x-ts-when',
        'properties',
        'items',
        '$ref',
        'format',
      ),
      fc.oneof(
        fc.constantFrom<unknown>('string', 'number', 'date', 'object', 'array', 'g', 'a*', '#/$defs/x'),
        fc.integer(),
        fc.jsonValue(),
      ),
    )
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), field),
        fc.jsonValue(),
        (properties, document) => {
          const schema = { type: 'object', properties }
          if (checkSchema(schema).length > 0) return
          infoValidator(schema).validate({ a: document, b: document })
        },
      ),
      { numRuns: 200 },
    )
  })
})

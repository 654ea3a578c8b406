/** One sample of the demonstration: the recycling of a battery, from its discharge to black mass. */
export type DemoSample = {
  readonly key: string
  readonly name: string
  readonly type: 'Battery' | 'Solids' | 'Liquid' | 'Suspension'
  readonly daysAgo: number
  readonly project: 1 | 2 | 3
  readonly info: Readonly<Record<string, unknown>>
  readonly grams?: number
}

/** A step between samples, in the order in which they are made; amounts are those of the samples. */
export type DemoStep = {
  readonly kind: 'split' | 'pool' | 'derive'
  readonly method: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** An analysis that leaves its sample as it is. */
export type DemoExperiment = {
  readonly name: string
  readonly method: string
  readonly sample: string
  readonly staff: 1 | 2 | 3 | 4
}

const solid = (name: string, grams: number, volume?: number, density?: number) => ({
  name,
  weight_in_g: grams,
  ...(volume === undefined ? {} : { volume_in_ccm: volume }),
  ...(density === undefined ? {} : { density_in_gccm: density }),
})

export const DEMO_SAMPLES: readonly DemoSample[] = [
  { key: 'battery', name: 'Traction battery module 17', type: 'Battery', daysAgo: 120, project: 1, info: { name: 'Module 17', composition: 'NMC111', manufacturer: 'Car manufacturer', produced: '2016-05-02', comment: 'from a test vehicle' } },
  { key: 'second', name: 'Traction battery module 18', type: 'Battery', daysAgo: 119, project: 1, info: { name: 'Module 18', composition: 'NMC622', manufacturer: 'Car manufacturer', produced: 'unknown', comment: '' } },
  { key: 'crushed', name: 'Module 17, crushed', type: 'Solids', daysAgo: 110, project: 1, info: solid('crushed module', 4800, 2400, 2), grams: 4800 },
  { key: 'coarse', name: 'Fraction over 1 mm', type: 'Solids', daysAgo: 104, project: 1, info: solid('coarse fraction', 2100, 900, 2.333), grams: 2100 },
  { key: 'middle', name: 'Fraction 0.25 to 1 mm', type: 'Solids', daysAgo: 104, project: 1, info: solid('middle fraction', 1450, 580, 2.5), grams: 1450 },
  { key: 'fine', name: 'Fraction under 0.25 mm', type: 'Solids', daysAgo: 104, project: 1, info: solid('fine fraction', 1180, 420, 2.81), grams: 1180 },
  { key: 'copper', name: 'Copper foil concentrate', type: 'Solids', daysAgo: 97, project: 1, info: solid('copper foil concentrate', 640, 110, 5.82), grams: 640 },
  { key: 'aluminium', name: 'Aluminium foil concentrate', type: 'Solids', daysAgo: 97, project: 1, info: solid('aluminium foil concentrate', 760, 340, 2.235), grams: 760 },
  { key: 'light', name: 'Light fraction', type: 'Solids', daysAgo: 97, project: 1, info: solid('separator and plastics', 655), grams: 655 },
  { key: 'black', name: 'Black mass', type: 'Solids', daysAgo: 90, project: 1, info: solid('black mass', 2590, 1010, 2.9), grams: 2590 },
  { key: 'leach', name: 'Leaching suspension', type: 'Suspension', daysAgo: 81, project: 2, info: { name: 'leaching suspension', liquid: 'sulfuric acid 2 mol/L', solid: 'black mass', volume_in_ccm: 1500, weight_in_g: 1720 }, grams: 1720 },
  { key: 'liquor', name: 'Leach liquor', type: 'Liquid', daysAgo: 80, project: 2, info: { name: 'leach liquor', volume_in_ccm: 1380, weight_in_g: 1525, density_in_gccm: 1.105 }, grams: 1525 },
  { key: 'residue', name: 'Leaching residue', type: 'Solids', daysAgo: 80, project: 2, info: solid('graphite residue', 160, 78, 2.05), grams: 160 },
  { key: 'secret', name: 'Anode material under study', type: 'Solids', daysAgo: 30, project: 3, info: solid('anode material', 25), grams: 25 },
]

export const DEMO_STEPS: readonly DemoStep[] = [
  { kind: 'derive', method: 'Crushing', inputs: ['battery'], outputs: ['crushed'] },
  { kind: 'split', method: 'Sieving', inputs: ['crushed'], outputs: ['coarse', 'middle', 'fine'] },
  { kind: 'split', method: 'Air classification', inputs: ['coarse'], outputs: ['copper', 'aluminium', 'light'] },
  { kind: 'pool', method: 'Mixing', inputs: ['middle', 'fine'], outputs: ['black'] },
  { kind: 'derive', method: 'Leaching', inputs: ['black'], outputs: ['leach'] },
  { kind: 'split', method: 'Filtration', inputs: ['leach'], outputs: ['liquor', 'residue'] },
]

export const DEMO_EXPERIMENTS: readonly DemoExperiment[] = [
  { name: 'Discharge of module 17', method: 'Discharging', sample: 'battery', staff: 2 },
  { name: 'Discharge of module 18', method: 'Discharging', sample: 'second', staff: 2 },
  { name: 'Sieve analysis of the crushed module', method: 'Sieve analysis', sample: 'crushed', staff: 1 },
  { name: 'Sieve analysis of the black mass', method: 'Sieve analysis', sample: 'black', staff: 1 },
  { name: 'Elements of the black mass', method: 'X-ray fluorescence', sample: 'black', staff: 3 },
  { name: 'Elements of the leach liquor', method: 'X-ray fluorescence', sample: 'liquor', staff: 3 },
]

/** Procedures in the order of their ids; number 102 besides stands in the users' document. */
export const DEMO_METHODS: readonly string[] = [
  'Sieve analysis',
  'Crushing',
  'Sieving',
  'Air classification',
  'Mixing',
  'Leaching',
  'Filtration',
  'Discharging',
  'X-ray fluorescence',
]

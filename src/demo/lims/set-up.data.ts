/** Sample types, by the prefixes that the users' document shows. */
export const SAMPLE_TYPES = [
  { title: 'Apple Pulp', prefix: 'AP', minimumVolume: '10 ml', retentionDays: 30 },
  { title: 'Apple Juice', prefix: 'AP1', minimumVolume: '50 ml', retentionDays: 30 },
  { title: 'Barley', prefix: 'BAR', minimumVolume: '100 g', retentionDays: 60 },
  { title: 'Bran', prefix: 'BR', minimumVolume: '100 g', retentionDays: 60 },
  { title: 'Canola', prefix: 'CN', minimumVolume: '100 g', retentionDays: 60 },
  { title: 'Dust', prefix: 'DU', minimumVolume: '5 g', retentionDays: 14 },
  { title: 'Water', prefix: 'H2O', minimumVolume: '500 ml', retentionDays: 14 },
  { title: 'Waste Water', prefix: 'W13', minimumVolume: '500 ml', retentionDays: 14 },
] as const

export type DemoService = {
  readonly keyword: string
  readonly title: string
  readonly unit: string
  readonly category: string
  readonly precision: number
  readonly price: number
  /** where results of samples usually lie */
  readonly typical: number
  readonly upper: number
  readonly hours: number
}

/** What the laboratory measures; none of those that the users' document names is calculated. */
export const SERVICES: readonly DemoService[] = [
  { keyword: 'Ca', title: 'Calcium', unit: 'mg/l', category: 'Metals', precision: 2, price: 12, typical: 10, upper: 1000, hours: 48 },
  { keyword: 'Cu', title: 'Copper', unit: 'mg/l', category: 'Metals', precision: 3, price: 12, typical: 0.4, upper: 100, hours: 48 },
  { keyword: 'Mg', title: 'Magnesium', unit: 'mg/l', category: 'Metals', precision: 2, price: 12, typical: 4, upper: 1000, hours: 48 },
  { keyword: 'Zn', title: 'Zinc', unit: 'mg/l', category: 'Metals', precision: 3, price: 12, typical: 0.9, upper: 100, hours: 48 },
  { keyword: 'DM', title: 'Dry Matter', unit: '%', category: 'Feed', precision: 1, price: 9, typical: 57, upper: 100, hours: 24 },
  { keyword: 'CaCO3', title: 'Calcium Carbonate', unit: '%', category: 'Feed', precision: 1, price: 15, typical: 76, upper: 100, hours: 72 },
  { keyword: 'Moist', title: 'Moisture', unit: '%', category: 'Feed', precision: 1, price: 9, typical: 83, upper: 100, hours: 24 },
  { keyword: 'pH', title: 'pH', unit: '', category: 'Water', precision: 2, price: 5, typical: 7.1, upper: 14, hours: 24 },
  { keyword: 'EC', title: 'Conductivity', unit: 'mS/m', category: 'Water', precision: 1, price: 6, typical: 45, upper: 10_000, hours: 24 },
]

export const CLIENTS = [
  { name: 'Happy Hills', clientId: 'HH', people: [['Rita', 'Mohale'], ['Sarel', 'Seemonster']] },
  { name: 'Klaymore', clientId: 'KM', people: [['Neil', 'Standard']] },
  { name: 'Myrtle', clientId: 'MY', people: [['Johanna', 'Smith']] },
  { name: 'Ruff Guys', clientId: 'RG', people: [['Bafana', 'Khumalo']] },
  { name: 'Norton Feeds', clientId: 'NF', people: [['Seedy', 'Norton']] },
] as const

/** People of the laboratory: account, name, department. */
export const LAB_CONTACTS = [
  ['labmanager', 'Laba', 'Manger', 'Chemistry'],
  ['analyst', 'Ana', 'Lister', 'Chemistry'],
  ['verifier', 'Vera', 'Fyer', 'Chemistry'],
  ['publisher', 'Paul', 'Blisher', 'Office'],
] as const

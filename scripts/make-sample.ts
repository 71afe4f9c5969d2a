/**
 * Makes `samples/portfolio.csv` and `samples/README.md`: real Australian government series, published under CC BY.
 * Usage: `node scripts/make-sample.ts DIR`, DIR holding `aus_retail_monthly.train.csv.gz` and its two neighbours
 * (`id,season_length,start,v1;v2;...`). The same input gives the same bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

interface Source {
  readonly year: number
  /** 0 = January. */
  readonly month: number
  readonly values: readonly number[]
}

interface Chosen {
  readonly name: string
  readonly unit: string
  readonly source: Source
  readonly years: number
  readonly quarterly: boolean
}

const folder = process.argv[2]
if (folder === undefined) throw new Error('usage: node scripts/make-sample.ts DIR')
const samples = join(import.meta.dirname, '../samples')

function readSource(file: string): Map<string, Source> {
  const text = gunzipSync(readFileSync(join(folder!, file))).toString('utf8')
  const found = new Map<string, Source>()
  for (const line of text.split('\n').slice(1)) {
    if (line === '') continue
    const [id, , start, values] = line.split(',') as [string, string, string, string]
    const [year, month] = start.split('-').map(Number) as [number, number]
    found.set(id, {
      year,
      month: month - 1,
      values: values.split(';').map((value) => (value === '' ? Number.NaN : Number(value))),
    })
  }
  return found
}

const retail = readSource('aus_retail_monthly.train.csv.gz')
const livestock = readSource('aus_livestock_monthly.train.csv.gz')
const scripts = readSource('pbs_scripts_monthly.train.csv.gz')

const STATES = [
  'Australian Capital Territory',
  'New South Wales',
  'Northern Territory',
  'Queensland',
  'South Australia',
  'Tasmania',
  'Victoria',
  'Western Australia',
]

/** What the shortened ids of the source stand for. */
const INDUSTRIES: readonly [start: string, name: string][] = [
  ['Cafes_restaurants_and_catering', 'Cafes and restaurants'],
  ['Cafes_restaurants_and_takeaway', 'Cafes and takeaway'],
  ['Clothing_retailing', 'Clothing retailing'],
  ['Clothing_footwear', 'Clothing and footwear'],
  ['Department', 'Department stores'],
  ['Electrical', 'Electrical goods'],
  ['Food_retailing', 'Food retailing'],
  ['Footwear', 'Footwear and accessories'],
  ['Furniture', 'Furniture and houseware'],
  ['Hardware', 'Hardware and garden'],
  ['Household', 'Household goods'],
  ['Liquor', 'Liquor retailing'],
  ['Newspaper', 'Newspapers and books'],
  ['Other_recreational', 'Recreational goods'],
  ['Other_specialised', 'Specialised food'],
  ['Pharmaceutical', 'Pharmacy and cosmetics'],
  ['Supermarket', 'Supermarkets'],
  ['Takeaway', 'Takeaway food'],
]

/** WHO ATC groups of the chosen PBS series. */
const GROUPS: Readonly<Record<string, string>> = {
  A02: 'Antacids',
  A04: 'Antiemetics',
  A09: 'Digestives',
  A10: 'Diabetes drugs',
  A12: 'Mineral supplements',
  A15: 'Appetite stimulants',
  B01: 'Antithrombotics',
  B02: 'Antihaemorrhagics',
  C02: 'Antihypertensives',
  C04: 'Peripheral vasodilators',
  C10: 'Lipid-lowering drugs',
  D02: 'Emollients',
  D04: 'Anti-itch preparations',
  H05: 'Calcium regulators',
  J01: 'Antibiotics',
  L02: 'Endocrine therapy',
  M01: 'Anti-inflammatories',
  N05: 'Sedatives',
  N06: 'Antidepressants',
  P02: 'Anthelmintics',
  P03: 'Insecticides and repellents',
  R03: 'Asthma drugs',
  S02: 'Ear preparations',
  V01: 'Allergens',
  V07: 'Dressings and other',
}

/** Years of history, handed out in turn: from very short to thirty. */
const YEARS = [15, 5, 30, 8, 3, 20, 10, 4, 12, 25, 6, 18]
const RETAIL_COUNT = 32
const QUARTERLY_COUNT = 10

const chosen: Chosen[] = []

const retailNames = [...retail].flatMap(([id, source]) => {
  const words = id.slice('AR_'.length).replaceAll('_', ' ')
  const state = STATES.find((name) => words.startsWith(name))!
  const industry = INDUSTRIES.find(([start]) => words.slice(state.length + 1).startsWith(start.replaceAll('_', ' ')))
  return industry === undefined ? [] : [{ name: `${industry[1]}, ${state}`, source }]
})
// Evenly spread over states and industries: every third or so, then the quarterly ones from the rest.
const step = retailNames.length / RETAIL_COUNT
const monthlyPositions = new Set(Array.from({ length: RETAIL_COUNT }, (_, i) => Math.floor(i * step)))
retailNames.forEach(({ name, source }, position) => {
  if (!monthlyPositions.has(position)) return
  chosen.push({ name, unit: 'AUD million', source, years: YEARS[chosen.length % YEARS.length]!, quarterly: false })
})
const rest = retailNames.filter((_, position) => !monthlyPositions.has(position))
for (let i = 0; i < QUARTERLY_COUNT; i++) {
  const { name, source } = rest[Math.floor((i * rest.length) / QUARTERLY_COUNT)]!
  chosen.push({
    name: `${name} (quarterly)`,
    unit: 'AUD million',
    source,
    years: [30, 12, 20, 8, 25][i % 5]!,
    quarterly: true,
  })
}

const HERDS: readonly [id: string, name: string, years: number, quarterly: boolean][] = [
  ['Bulls_bullocks_and_steers_Victoria', 'Bulls and steers, Victoria', 20, false],
  ['Calves_Tasmania', 'Calves, Tasmania', 10, false],
  ['Calves_Victoria', 'Calves, Victoria', 15, false],
  ['Cattle_excl_calves_Queensland', 'Cattle, Queensland', 8, false],
  ['Cows_and_heifers_Tasmania', 'Cows and heifers, Tasmania', 6, false],
  ['Lambs_New_South_Wales', 'Lambs, New South Wales', 25, false],
  ['Lambs_South_Australia', 'Lambs, South Australia', 30, true],
  ['Lambs_Western_Australia', 'Lambs, Western Australia', 12, false],
  ['Pigs_South_Australia', 'Pigs, South Australia', 30, false],
  ['Pigs_Tasmania', 'Pigs, Tasmania', 18, true],
  ['Sheep_Queensland', 'Sheep, Queensland', 5, false],
]
for (const [id, name, years, quarterly] of HERDS)
  chosen.push({
    name: quarterly ? `${name} (quarterly)` : name,
    unit: 'head',
    source: livestock.get(`AL_${id}`)!,
    years,
    quarterly,
  })

const KINDS: Readonly<Record<string, [id: string, name: string]>> = {
  CC: ['Concessional_Co_payments', 'concession'],
  CS: ['Concessional_Safety_net', 'concession safety net'],
  GC: ['General_Co_payments', 'general'],
  GS: ['General_Safety_net', 'general safety net'],
}
const REGULAR = 'A02.CC A09.CS A10.CC B01.CC C02.GC C10.GC J01.CS L02.CC M01.CC N05.GC N06.CC R03.CC'
const SPARSE = 'A15.GC C04.GS D02.GC D02.GS D04.GS H05.CS H05.GC H05.GS P02.GS P03.GS S02.GC V01.CS V01.GS V07.GC'
const QUARTERLY_SCRIPTS = 'A04.GC A12.GC B02.CS'
const addScripts = (list: string, years: readonly number[], quarterly: boolean): void => {
  list.split(' ').forEach((key, i) => {
    const [group, kind] = key.split('.') as [string, string]
    const [id, name] = KINDS[kind]!
    chosen.push({
      name: `${GROUPS[group]}, ${name}${quarterly ? ' (quarterly)' : ''}`,
      unit: 'scripts',
      source: scripts.get(`PBS_${group}_${id}`)!,
      years: years[i % years.length]!,
      quarterly,
    })
  })
}
addScripts(REGULAR, [12, 6, 16, 3, 9], false)
addScripts(SPARSE, [10, 5, 7, 16, 4], false)
addScripts(QUARTERLY_SCRIPTS, [16, 10], true)

const two = (value: number): string => String(value).padStart(2, '0')
const number = (value: number): string => (Number.isNaN(value) ? '' : String(Math.round(value * 10) / 10))

const lines = ['series_name,date,value,unit']
for (const { name, unit, source, years, quarterly } of chosen) {
  let first = Math.max(0, source.values.length - years * 12)
  const size = quarterly ? 3 : 1
  // whole quarters only
  while ((source.month + first) % size !== 0) first++
  for (let i = first; i + size <= source.values.length; i += size) {
    const total = source.values.slice(i, i + size).reduce((sum, value) => sum + value, 0)
    const month = source.month + i
    const date = `${source.year + Math.floor(month / 12)}-${two((month % 12) + 1)}-01`
    lines.push(`"${name}",${date},${number(total)},${unit}`)
  }
}
writeFileSync(join(samples, 'portfolio.csv'), `${lines.join('\n')}\n`)

const count = (unit: string): number => chosen.filter((series) => series.unit === unit).length
writeFileSync(
  join(samples, 'README.md'),
  `# Sample portfolio

\`portfolio.csv\` holds ${chosen.length} real series (${lines.length - 1} rows), monthly and quarterly in one file, 3 to 30 years long, \`series_name,date,value,unit\`. Try it with \`npm start\`.

| series | what | source | licence |
|--:|---|---|---|
| ${count('AUD million')} | monthly turnover of an industry in a state, AUD million; ${QUARTERLY_COUNT} as quarterly totals | Australian Bureau of Statistics, Retail Trade, Australia (cat. 8501.0) | CC BY 4.0 |
| ${count('head')} | animals slaughtered a month, head; 2 as quarterly totals | Australian Bureau of Statistics, Livestock Products, Australia (cat. 7218.0.55.001) | CC BY 4.0 |
| ${count('scripts')} | prescriptions a month under the Pharmaceutical Benefits Scheme, by medicine group and payment, scripts; 3 as quarterly totals | Services Australia, Pharmaceutical Benefits Scheme item reports | CC BY 3.0 AU |

Changes we made: names shortened, some series cut to their last years so that lengths differ, some months added up to quarters. The values are the publishers' own. Neither publisher endorses this program.

\`node scripts/make-sample.ts DIR\` makes both files again from the source series.
`,
)

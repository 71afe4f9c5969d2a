/** Column names that tell what a column holds, in English, Italian, Spanish, French, Chinese (and common German). */
const WORDS = {
  series:
    'series_name serie_name series serie unique_id id item sku articolo prodotto codice code codigo product producto articulo article articulos produit artikel material materiale material_number part name nome nombre nom key reference riferimento 商品 产品 物料 名称 编码 商品编码 商品名称 品名',
  place:
    'store dept department negozio reparto location luogo magazzino deposito plant warehouse site sede filiale branch region regione shop outlet tienda departamento almacen magasin entrepot rayon point_of_sale pdv customer cliente client channel canale canal state stato country paese pais pays category categoria categorie family famiglia familia famille group gruppo brand marca marque market 门店 仓库 部门 地区 店铺 客户 渠道 类别',
  date: 'date data fecha datum period periodo periode month mese mes mois week settimana semana semaine day giorno dia jour ds time timestamp datetime year anno ano annee quarter trimestre giornata 日期 时间 月份 年月 周 年份',
  value:
    'value valore valor valeur quantita quantity qty qta cantidad quantite sales sale vendite vendita venduto ventas venta ventes vente amount importo importe montant demand domanda demanda demande y units pezzi pieces piezas revenue fatturato consumption consumo consumi volume target actual actuals count orders ordini pedidos menge umsatz 销量 数量 销售额 值 金额 需求 销售',
  unit: 'unit uom um unita unita_di_misura unidad unite unit_of_measure 单位',
} as const

export type NamedRole = keyof typeof WORDS

const SETS = Object.entries(WORDS).map(([role, words]) => [role as NamedRole, new Set(words.split(' '))] as const)

const normalized = (name: string): string =>
  name
    .trim()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')

const withoutEnding = (name: string): string => name.replace(/_(id|code|name|nr|no|num|number|codice|nome)$/, '')

/** Roles that the whole name stands for. */
export function rolesOf(name: string): readonly NamedRole[] {
  const whole = normalized(name.slice(0, 100))
  const base = withoutEnding(whole)
  return SETS.filter(([, words]) => words.has(whole) || words.has(base)).map(([role]) => role)
}

/** Roles that a word of the name stands for: `Weekly_Sales` is a value, `Data vendita` a date or a value. */
export function hintsOf(name: string): readonly NamedRole[] {
  const tokens = normalized(name.slice(0, 100)).split('_')
  return SETS.filter(([, words]) => tokens.some((token) => words.has(token))).map(([role]) => role)
}

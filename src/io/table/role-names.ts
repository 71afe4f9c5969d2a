/** Column names that tell what a column holds, in English, Italian, Spanish, French, Chinese (and common German). */
const WORDS = {
  series:
    'series_name serie_name series serie unique_id id item sku articolo prodotto codice code codigo product producto produit produits articulo article articulos artikel material materiale material_number part name nome nombre nom key reference referencia riferimento cod_art cod_articolo codice_articolo 商品 产品 物料 名称 编码 商品编码 商品名称 品名',
  place:
    'store dept department negozio reparto location luogo ubicazione ubicacion emplacement magazzino mag deposito plant warehouse site sede filiale branch region regione shop outlet tienda departamento almacen magasin entrepot depot rayon point_of_sale pdv customer cliente client channel canale canal state stato country paese pais pays category categoria categorie family famiglia familia famille group gruppo brand marca marque market 门店 仓库 部门 地区 店铺 客户 渠道 类别',
  description:
    'description descrizione descr descripcion designation libelle denominazione denominacion bezeichnung beschreibung note notes remark remarks commento 描述 说明 规格',
  date: 'date data fecha datum period periodo periode month mese mes mois week settimana semana semaine day giorno dia jour ds time timestamp datetime year anno ano annee quarter trimestre giornata 日期 时间 月份 年月 月 周 年份 年',
  value:
    'value valore valor valeur quantita quantity qty qta cantidad quantite sales sale vendite vendita venduto ventas venta ventes vente amount importo importe montant demand domanda demanda demande y units unidades unites pezzi pieces piezas revenue fatturato chiffre_d_affaires ingresos consumption consumo consumi volume target actual actuals count orders ordini pedidos menge umsatz 销量 数量 销售额 值 金额 需求 销售',
  unit: 'unit uom um udm unita unita_di_misura unidad unidad_de_medida unite unite_de_mesure unit_of_measure einheit 单位',
  price:
    'price unit_price prezzo prezzo_unitario prezzo_medio listino precio precio_unitario prix prix_unitaire preis 价格 单价 售价',
  cost: 'cost unit_cost costo costo_unitario coste costo_medio cout cout_unitaire kosten 成本 单位成本',
  stock:
    'stock stocks stock_on_hand on_hand inventory giacenza giacenze scorta scorte disponibilita existencias inventario existence stock_disponible lagerbestand bestand 库存 库存量 现存量',
  stockOut:
    'stockout stock_out is_stockout out_of_stock oos esaurito rottura_di_stock rottura_stock rotura_de_stock agotado rupture rupture_de_stock fehlbestand 缺货 断货',
  leadTime:
    'lead_time leadtime lt lead_time_days tempo_di_consegna tempo_consegna giorni_consegna tempo_di_approvvigionamento tempo_approvvigionamento plazo plazo_de_entrega plazo_entrega dias_entrega delai delai_de_livraison delai_livraison delai_jours lieferzeit wiederbeschaffungszeit 提前期 交货期 交期',
  serviceLevel:
    'service_level livello_di_servizio livello_servizio nivel_de_servicio taux_de_service niveau_de_service servicegrad 服务水平',
  minimumOrder:
    'moq minimum_order min_order_qty minimum_order_quantity lotto_minimo pedido_minimo quantite_minimale lote_minimo mindestbestellmenge 起订量 最小起订量',
  orderMultiple:
    'order_multiple pack_size pack_qty case_pack lot_size rounding_value multiplo multiplo_di_ordine lotto_di_riordino pezzi_per_confezione multiplo_de_pedido unidades_por_caja multiple_de_commande colisage losgroesse 包装量 订货倍数',
  onOrder:
    'on_order quantity_on_order qty_on_order open_orders in_arrivo ordinato quantita_in_ordine en_pedido pedidos_pendientes en_commande commande_en_cours bestellt 在途 在途量',
  predecessor:
    'predecessor replaces replaced_item predecessore sostituisce articolo_sostituito predecesor reemplaza_a sustituye_a predecesseur remplace vorgaenger 前代 替代',
  endOfLife:
    'end_of_life eol eol_date phase_out_date fine_vita data_fine_vita fin_de_vida fecha_fin_de_vida fin_de_vie date_fin_de_vie auslauf 停产日期',
  regressor:
    'promo promos promotion promotions promozione promozioni promocion promociones in_promo onpromotion on_promotion discount sconto descuento remise rabatt campaign campagna campana campagne event evento evenement holiday holidays isholiday is_holiday festivo festivita feriado ferie jour_ferie vacances feiertag temperature temperatura weather meteo advertising pubblicita publicidad publicite werbung marketing 促销 折扣 节假日 假日 活动 温度 广告',
  total: 'total totale totals totali somma suma sum summe gesamt grand_total total_general 合计 总计',
} as const

export type NamedRole = keyof typeof WORDS

const SETS = Object.entries(WORDS).map(([role, words]) => [role as NamedRole, new Set(words.split(' '))] as const)

export const normalized = (name: string): string =>
  name
    .slice(0, 100)
    .trim()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')

const withoutEnding = (name: string): string => name.replace(/_(id|code|name|nr|no|num|number|codice|nome)$/, '')

/** Roles that the whole name stands for; what stands in brackets (`Lead time (days)`) is left aside. */
export function rolesOf(name: string): readonly NamedRole[] {
  const whole = normalized(name.replace(/\([^()]{0,40}\)|\[[^[\]]{0,40}\]/g, ''))
  const base = withoutEnding(whole)
  return SETS.filter(([, words]) => words.has(whole) || words.has(base)).map(([role]) => role)
}

/** Roles that a word of the name stands for: `Weekly_Sales` is a value, `Data vendita` a date or a value. */
export function hintsOf(name: string): readonly NamedRole[] {
  const tokens = normalized(name).split('_')
  return SETS.filter(([, words]) => tokens.some((token) => words.has(token))).map(([role]) => role)
}

/** Of several value columns, quantities go before turnover: stock is kept in pieces. */
const QUANTITIES = new Set(
  'quantita quantity qty qta cantidad quantite demand domanda demanda demande units unidades unites pezzi pieces piezas consumption consumo consumi volume menge 销量 数量 需求 y target value valore valor valeur'.split(
    ' ',
  ),
)
export const isQuantity = (name: string): boolean => QUANTITIES.has(normalized(name))

const DAYS = /(?:^|_)(?:days?|giorni|gg|dias?|jours?|tage?)(?:_|$)|天|日/
/** True where the name says that the column counts days: `lead_time_days`, `Consegna (giorni)`. */
export const countsDays = (name: string): boolean => DAYS.test(normalized(name))

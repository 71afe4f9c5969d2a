import { INK, LINE, MUTED } from './styles.ts'
import { DECLARATION, escapeXml, RELATIONS } from './xml.ts'

const CHART = 'http://schemas.openxmlformats.org/drawingml/2006/chart'
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006/main'
const SHEET_DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing'

/** One series of a chart; ranges as formulas write them (`'Sheet'!$A$2:$A$9`). */
export interface ChartSeries {
  readonly name: string
  readonly categories: string
  readonly values: string
  readonly colour: string
  /** Percent of the colour that shows; 0: the series only lifts those above it. */
  readonly opacity?: number
  readonly dashed?: boolean
  readonly points?: boolean
}

/** A native chart. Areas are stacked, lines lie over them; bars stand alone, sideways, the first on top. */
export interface ChartOf {
  readonly title: string
  /** Cells (from 0) of the corner and of the cell after the opposite one. */
  readonly from: { readonly column: number; readonly row: number }
  readonly to: { readonly column: number; readonly row: number }
  readonly areas?: readonly ChartSeries[]
  readonly lines?: readonly ChartSeries[]
  readonly bars?: readonly ChartSeries[]
  readonly valueFormat: string
  /** A text that tells the picture to those who do not see it. */
  readonly description: string
}

const fill = (colour: string, opacity = 100): string =>
  opacity === 0
    ? '<a:noFill/>'
    : `<a:solidFill><a:srgbClr val="${colour}">${opacity === 100 ? '' : `<a:alpha val="${opacity * 1000}"/>`}</a:srgbClr></a:solidFill>`

const stroke = (colour: string, width: number, dashed = false): string =>
  `<a:ln w="${Math.round(width * 12_700)}" cap="rnd">${fill(colour)}${dashed ? '<a:prstDash val="sysDash"/>' : ''}<a:round/></a:ln>`

const references = ({ categories, values }: ChartSeries): string =>
  `<c:cat><c:numRef><c:f>${escapeXml(categories)}</c:f></c:numRef></c:cat><c:val><c:numRef><c:f>${escapeXml(values)}</c:f></c:numRef></c:val>`

const head = ({ name }: ChartSeries, index: number): string =>
  `<c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:v>${escapeXml(name)}</c:v></c:tx>`

const areaXml = (series: ChartSeries, index: number): string =>
  `<c:ser>${head(series, index)}<c:spPr>${fill(series.colour, series.opacity)}<a:ln><a:noFill/></a:ln></c:spPr>${references(series)}</c:ser>`

const lineXml = (series: ChartSeries, index: number): string => {
  const marker = series.points
    ? `<c:marker><c:symbol val="circle"/><c:size val="4"/><c:spPr>${fill(series.colour)}<a:ln><a:noFill/></a:ln></c:spPr></c:marker>`
    : '<c:marker><c:symbol val="none"/></c:marker>'
  return `<c:ser>${head(series, index)}<c:spPr>${stroke(series.colour, 1.75, series.dashed)}</c:spPr>${marker}${references(series)}<c:smooth val="0"/></c:ser>`
}

const barXml = (series: ChartSeries, index: number): string =>
  `<c:ser>${head(series, index)}<c:spPr>${fill(series.colour)}</c:spPr><c:invertIfNegative val="0"/><c:cat><c:strRef><c:f>${escapeXml(series.categories)}</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>${escapeXml(series.values)}</c:f></c:numRef></c:val></c:ser>`

const letters = (size: number, colour: string, bold = false): string =>
  `<a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size * 100}" b="${bold ? 1 : 0}">${fill(colour)}</a:defRPr></a:pPr>`

function axes({ bars, valueFormat }: ChartOf): string {
  const sideways = bars !== undefined
  const words = `<c:txPr>${letters(9, MUTED)}<a:endParaRPr lang="en-US"/></a:p></c:txPr>`
  const category = `<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="${sideways ? 'maxMin' : 'minMax'}"/></c:scaling><c:delete val="0"/><c:axPos val="${sideways ? 'l' : 'b'}"/><c:numFmt formatCode="${sideways ? 'General' : 'm/d/yyyy'}" sourceLinked="1"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>${stroke(LINE, 1)}</c:spPr>${words}<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>`
  const value = `<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="${sideways ? 't' : 'l'}"/><c:majorGridlines><c:spPr>${stroke(LINE, 0.75)}</c:spPr></c:majorGridlines><c:numFmt formatCode="${escapeXml(valueFormat)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="${sideways ? 'high' : 'nextTo'}"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>${words}<c:crossAx val="1"/><c:crosses val="autoZero"/><c:crossBetween val="${sideways ? 'between' : 'midCat'}"/></c:valAx>`
  return category + value
}

/** The part of a chart. */
export function chartXml(chart: ChartOf): string {
  const { areas = [], lines = [], bars = [] } = chart
  const ids = '<c:axId val="1"/><c:axId val="2"/>'
  const plots = [
    areas.length > 0
      ? `<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>${areas.map(areaXml).join('')}${ids}</c:areaChart>`
      : '',
    lines.length > 0
      ? `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${lines.map((each, i) => lineXml(each, areas.length + i)).join('')}<c:marker val="1"/>${ids}</c:lineChart>`
      : '',
    bars.length > 0
      ? `<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>${bars.map(barXml).join('')}<c:gapWidth val="80"/>${ids}</c:barChart>`
      : '',
  ].join('')
  const unseen = areas.flatMap(({ opacity }, i) =>
    opacity === 0 ? [`<c:legendEntry><c:idx val="${i}"/><c:delete val="1"/></c:legendEntry>`] : [],
  )
  const legend =
    bars.length > 0
      ? ''
      : `<c:legend><c:legendPos val="b"/>${unseen.join('')}<c:overlay val="0"/><c:txPr>${letters(9, MUTED)}<a:endParaRPr lang="en-US"/></a:p></c:txPr></c:legend>`
  return `${DECLARATION}<c:chartSpace xmlns:c="${CHART}" xmlns:a="${DRAWING}" xmlns:r="${RELATIONS}"><c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich>${letters(12, INK, true)}<a:r><a:rPr lang="en-US" sz="1200" b="1">${fill(INK)}</a:rPr><a:t>${escapeXml(chart.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${plots}${axes(chart)}</c:plotArea>${legend}<c:plotVisOnly val="0"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`
}

/** The part that places the charts of a sheet; chart i is its relation `rId<i + 1>`. */
export function drawingXml(charts: readonly ChartOf[]): string {
  const marker = (name: string, { column, row }: ChartOf['from']): string =>
    `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`
  const frames = charts.map(
    (chart, i) =>
      `<xdr:twoCellAnchor>${marker('from', chart.from)}${marker('to', chart.to)}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${i + 2}" name="Chart ${i + 1}" descr="${escapeXml(chart.description)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${CHART}"><c:chart xmlns:c="${CHART}" r:id="rId${i + 1}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`,
  )
  return `${DECLARATION}<xdr:wsDr xmlns:xdr="${SHEET_DRAWING}" xmlns:a="${DRAWING}" xmlns:r="${RELATIONS}">${frames.join('')}</xdr:wsDr>`
}

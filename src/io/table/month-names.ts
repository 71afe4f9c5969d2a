/** First letters that tell a month, in the five languages (and German, common in exports); longer ones first match. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'january januar janv gennaio enero janvier jan gen ene',
  2: 'february februar febbraio febrero fevrier févr fevr feb fév fev',
  3: 'march marzo märz marz mars mar mär',
  4: 'april aprile abril avril apr abr avr',
  5: 'may maggio mayo mai mag',
  6: 'june giugno junio juin juni jun giu',
  7: 'july luglio julio juillet juil juli jul lug',
  8: 'august agosto août aout aug ago aoû aou',
  9: 'september settembre septiembre septembre sept sep set',
  10: 'october ottobre octubre octobre oktober oct ott okt',
  11: 'november novembre noviembre nov',
  12: 'december dicembre diciembre décembre decembre dezember dec dic déc dez',
}

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([month, names]) => names.split(' ').map((n) => [n, Number(month)])),
)

/** 1 to 12; null for a word that names no month. */
export const monthOf = (word: string): number | null =>
  BY_NAME.get(word.toLowerCase().normalize('NFC').replace(/\.$/, '')) ?? null

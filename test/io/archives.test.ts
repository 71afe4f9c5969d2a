import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { makeZip } from './make-zip.ts'
import { codes, days, iso, readText, valuesOf } from './read-helper.ts'

const csv = (name: string, n = 20): string =>
  `series_name,date,value\n${days(n, (day, i) => `${name},${iso(day)},${i}`)}`
const causeOf = async (bytes: Buffer): Promise<unknown[]> => {
  const { problems } = await readText(bytes, {}, 'data.zip')
  return problems.map(({ code, params }) => [code, params.cause])
}

test('the files of an archive are read one by one, in gzip and in an archive in it too', async () => {
  const plain = `data;valore\n${days(15, (day, i) => `${iso(day)};${i},5`)}`
  const inner = makeZip([{ name: 'c.csv', data: csv('c') }])
  const zip = makeZip([
    { name: 'folder/', data: '' },
    { name: 'folder/Viti M4.csv', data: plain },
    { name: '__MACOSX/._Viti M4.csv', data: 'rubbish' },
    { name: 'b.csv.gz', data: gzipSync(csv('b')) },
    { name: 'more.zip', data: inner },
    { name: 'stored.tsv', data: csv('d').replaceAll(',', '\t'), method: 0 },
  ])
  const result = await readText(zip, {}, 'month.zip')
  assert.deepEqual(
    result.items.map(({ name }) => name),
    ['Viti M4', 'b', 'c', 'd'],
  )
  assert.deepEqual(
    result.files.map(({ file }) => file),
    ['month.zip/folder/Viti M4.csv', 'month.zip/b.csv.gz', 'month.zip/more.zip/c.csv', 'month.zip/stored.tsv'],
  )
  assert.equal(valuesOf(result, 'Viti M4')[3], 3.5)
  assert.deepEqual(result.problems, [])
})

test('bombs are refused before they are inflated, and while they are (H060)', async () => {
  const zeros = deflateRawSync(Buffer.alloc(60_000_000))
  const from = process.memoryUsage().rss
  // what is stated: too large, or a hundredfold
  assert.deepEqual(await causeOf(makeZip([{ name: 'a.csv', data: '', raw: zeros, size: 60_000_000 }])), [
    ['archive_too_large', 'size'],
  ])
  // stated small, and larger in truth
  const lying = makeZip([{ name: 'a.csv', data: '', raw: zeros, size: 1000 }])
  assert.deepEqual(await causeOf(lying), [['archive_invalid', 'damaged']])
  const many = Array.from({ length: 1001 }, (_, i) => ({ name: `${i}.csv`, data: '' }))
  assert.deepEqual(await causeOf(makeZip(many)), [['archive_too_large', 'members']])
  // two names for the same bytes, as in Fifield's bombs
  const twice = [
    { name: 'a.csv', data: csv('a') },
    { name: 'b.csv', data: csv('a'), at: 0, localName: 'a.csv' },
  ]
  assert.deepEqual(await causeOf(makeZip(twice)), [['archive_invalid', 'overlap']])
  let nested = makeZip([{ name: 'a.csv', data: csv('a') }])
  for (let depth = 0; depth < 4; depth++) nested = makeZip([{ name: `${depth}.zip`, data: nested }])
  assert.deepEqual(await causeOf(nested), [['archive_too_large', 'depth']])
  assert.ok(process.memoryUsage().rss - from < 300e6)
})

test('names lead nowhere; links, encryption, contradictions and two files of one name are refused (H064)', async () => {
  const names = [
    '../../etc/passwd.csv',
    '/abs.csv',
    'C:\\x.csv',
    'a\nb.csv',
    `${'long'.repeat(500)}.csv`,
    '%2e%2e.csv',
    '\u202Evsc.exe.csv',
  ]
  const slip = await readText(makeZip(names.map((name, i) => ({ name, data: csv(`s${i}`) }))), {}, 'x.zip')
  assert.equal(slip.items.length, names.length)
  const refused: [string, Buffer][] = [
    ['link', makeZip([{ name: 'a.csv', data: '/etc/passwd', attributes: 0xa1ff }])],
    ['encrypted', makeZip([{ name: 'a.csv', data: csv('a'), flags: 0x801 }])],
    ['method', makeZip([{ name: 'a.csv', data: csv('a'), method: 12, raw: Buffer.from('xx') }])],
    ['names', makeZip([1, 2].map(() => ({ name: 'a.csv', data: csv('a') })))],
    ['headers', makeZip([{ name: 'a.csv', data: csv('a'), localName: 'b.csv' }])],
    ['headers', makeZip([{ name: 'a.csv', data: csv('a'), localSize: 5 }])],
    ['damaged', makeZip([{ name: 'a.csv', data: csv('a') }]).subarray(0, 150)],
  ]
  for (const [cause, bytes] of refused) assert.deepEqual(await causeOf(bytes), [['archive_invalid', cause]], cause)
})

test('an archive cut off anywhere is a problem, never a crash', async () => {
  const zip = makeZip([
    { name: 'a.csv', data: csv('a', 300) },
    { name: 'b.csv', data: csv('b', 300) },
  ])
  for (let cut = 0; cut < zip.length; cut += 37)
    assert.ok(codes(await readText(zip.subarray(0, cut), {}, 'x.zip')).length > 0, `${cut}`)
})

test('gzip: several members are one file; what is cut off or damaged is told (H040)', async () => {
  const text = csv('a', 200)
  const two = Buffer.concat([gzipSync(text.slice(0, 1000)), gzipSync(text.slice(1000))])
  const read = await readText(two)
  assert.equal(valuesOf(read, 'a').length, 200)
  assert.equal(read.files[0]?.sha256, createHash('sha256').update(two).digest('hex'))
  const one = gzipSync(text)
  assert.deepEqual(codes(await readText(one.subarray(0, 200))), ['file_unreadable'])
  const flipped = Buffer.from(one)
  flipped[one.length - 6]! ^= 255
  assert.deepEqual(codes(await readText(flipped)), ['file_unreadable'])
})

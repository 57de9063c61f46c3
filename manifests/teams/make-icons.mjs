// Draws the two icons of the app and writes them as PNG: node manifests/teams/make-icons.mjs
import { writeFileSync } from 'node:fs'
import * as zlib from 'node:zlib'

const BLUE = [0x1f, 0x6f, 0xeb, 255]
const WHITE = [255, 255, 255, 255]
const CLEAR = [0, 0, 0, 0]
/** Points that are looked at in each direction of a pixel, for smooth edges. */
const SAMPLES = 4

/** A speech bubble with a check mark, in units of its side. */
function isBubble(x, y) {
  const [left, top, right, bottom, round] = [0.2, 0.22, 0.8, 0.66, 0.1]
  const nearX = Math.min(Math.max(x, left + round), right - round)
  const nearY = Math.min(Math.max(y, top + round), bottom - round)
  const isBody = Math.hypot(x - nearX, y - nearY) <= round
  const isTail = y >= bottom - 0.02 && y <= 0.82 && x >= 0.3 && x <= 0.3 + (0.82 - y) * 1.1
  return isBody || isTail
}

function distance(x, y, [x1, y1], [x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const t = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy)
}

function isCheck(x, y, width) {
  return (
    Math.min(distance(x, y, [0.37, 0.45], [0.47, 0.55]), distance(x, y, [0.47, 0.55], [0.64, 0.34])) <= width
  )
}

const color = (x, y) => (isBubble(x, y) && !isCheck(x, y, 0.04) ? WHITE : BLUE)
const outline = (x, y) => (isBubble(x, y) && !isCheck(x, y, 0.05) ? WHITE : CLEAR)

function pixel(paint, size, px, py) {
  const sum = [0, 0, 0, 0]
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const x = (px + ((i % SAMPLES) + 0.5) / SAMPLES) / size
    const y = (py + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) / size
    const [r, g, b, a] = paint(x, y)
    sum[0] += r * a
    sum[1] += g * a
    sum[2] += b * a
    sum[3] += a
  }
  const alpha = sum[3] / SAMPLES ** 2
  return sum[3] === 0
    ? CLEAR
    : [...sum.slice(0, 3).map((each) => Math.round(each / sum[3])), Math.round(alpha)]
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(checksum(body), body.length + 4)
  return out
}

/** zlib has it from Node 22 on; before that it is worked out here. */
function checksum(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes)
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function png(size, paint) {
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: size }, (_, x) => pixel(paint, size, x, y)).flat()]),
  )
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  // eight bits a channel, with transparency
  head.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', zlib.deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

writeFileSync(new URL('color.png', import.meta.url), png(192, color))
writeFileSync(new URL('outline.png', import.meta.url), png(32, outline))

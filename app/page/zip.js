// A zip archive of files that need no compressing (APPNOTE.TXT 6.3.3: stored entries, names in UTF-8).

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function checksum(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

// The fields that a local header and a central one share: version, flags, method, time, date, sums and sizes.
function common(file) {
  const view = new DataView(new ArrayBuffer(26));
  const now = new Date();
  view.setUint16(0, 20, true);
  view.setUint16(2, 0x0800, true);
  view.setUint16(6, (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1), true);
  view.setUint16(8, ((now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate(), true);
  view.setUint32(10, file.sum, true);
  view.setUint32(14, file.bytes.length, true);
  view.setUint32(18, file.bytes.length, true);
  view.setUint16(22, file.name.length, true);
  return new Uint8Array(view.buffer);
}

function words(...values) {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, n) => view.setUint32(n * 4, value, true));
  return new Uint8Array(view.buffer);
}

// files: [{ name, bytes }]; two of one name are told apart by a number.
export function zip(files) {
  const parts = [];
  const central = [];
  let offset = 0;
  for (const given of files) {
    const file = { bytes: given.bytes, name: new TextEncoder().encode(given.name), sum: checksum(given.bytes) };
    const head = common(file);
    const local = [words(0x04034b50), head, file.name, file.bytes];
    const place = new Uint8Array(14);
    new DataView(place.buffer).setUint32(10, offset, true);
    central.push(words(0x02014b50), new Uint8Array([20, 0]), head, place, file.name);
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Blob([...parts, ...central, new Uint8Array(end.buffer)], { type: "application/zip" });
}

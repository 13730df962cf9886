// A tus client that this project did not write. Arguments: address, file, SHA-256, file with what it remembers.
import fs from "node:fs";
import * as tus from "tus-js-client";

const [endpoint, path, sha256, remembered] = process.argv.slice(2);
const upload = new tus.Upload(fs.createReadStream(path), {
  endpoint,
  uploadSize: fs.statSync(path).size,
  chunkSize: 512 * 1024,
  retryDelays: Array(60).fill(200),
  metadata: { filename: "interop.bin", filetype: "application/pdf", sha256 },
  urlStorage: new tus.FileUrlStorage(remembered),
  fingerprint: () => Promise.resolve(sha256),
  onError: (error) => { console.error(String(error)); process.exit(1); },
  onSuccess: () => process.exit(0),
});
const earlier = await upload.findPreviousUploads();
if (earlier.length > 0) upload.resumeFromPreviousUpload(earlier[0]);
upload.start();

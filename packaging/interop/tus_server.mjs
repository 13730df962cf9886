// A tus server that this project did not write. Arguments: folder, port.
import { Server } from "@tus/server";
import { FileStore } from "@tus/file-store";

const [folder, port] = process.argv.slice(2);
const server = new Server({ path: "/tus", datastore: new FileStore({ directory: folder }) });
server.listen({ host: "127.0.0.1", port: Number(port) });

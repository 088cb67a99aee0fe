// Reads our files with the reference implementation, and our reader's view of its files.
// Usage: node check.mjs FILES_PROGRAM GENERATE_PROGRAM MARKET_FOLDER
// (in a folder with the installed packages)
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { open, writeFile } from "node:fs/promises";
import { McapIndexedReader, McapStreamReader, McapWriter } from "@mcap/core";
import { loadDecompressHandlers } from "@mcap/support";
import zstd from "@foxglove/wasm-zstd";
import protobuf from "protobufjs";
import "protobufjs/ext/descriptor/index.js";

const [files, generate, market] = process.argv.slice(2);
const count = 5000;
const start = 1756438000000000000n;
const decompressHandlers = await loadDecompressHandlers();
await zstd.isLoaded;

function payload(n) {
    let text = `message ${n}:`;
    for (let i = 0; i < n % 40; ++i) {
        text += ` ${i * n}`;
    }
    return text;
}

function expected(n) {
    const c = n % 3;
    const time = start + BigInt(n) * 10000000n;
    return `message|interop/${c}/|${c === 2 ? "" : "interop.Text"}|${n}|${time}|${time - BigInt(n)}|${payload(n)}`;
}

function line(channel, schema, m) {
    const text = new TextDecoder().decode(m.data);
    return `message|${channel.topic}|${schema?.name ?? ""}|${m.sequence}|${m.logTime}|${m.publishTime}|${text}`;
}

class Readable {
    constructor(handle) {
        this.handle = handle;
    }
    async size() {
        return BigInt((await this.handle.stat()).size);
    }
    async read(offset, length) {
        const buffer = new Uint8Array(Number(length));
        const { bytesRead } = await this.handle.read(buffer, 0, Number(length), Number(offset));
        assert.equal(bytesRead, Number(length));
        return buffer;
    }
}

async function readIndexed(path) {
    const handle = await open(path, "r");
    try {
        const reader = await McapIndexedReader.Initialize({
            readable: new Readable(handle),
            decompressHandlers,
        });
        const lines = [];
        for await (const m of reader.readMessages({ validateCrcs: true })) {
            const channel = reader.channelsById.get(m.channelId);
            lines.push(line(channel, reader.schemasById.get(channel.schemaId), m));
        }
        const some = [];
        const from = start + 10000000000n;
        for await (const m of reader.readMessages({
            topics: ["interop/1/"],
            startTime: from,
            endTime: from + 999999999n,
        })) {
            some.push(m.sequence);
        }
        const metadata = [];
        for await (const m of reader.readMetadata()) {
            metadata.push([m.name, ...m.metadata]);
        }
        return { reader, lines, some, metadata };
    } finally {
        await handle.close();
    }
}

async function readStream(path) {
    const handle = await open(path, "r");
    const bytes = await handle.readFile();
    await handle.close();
    const reader = new McapStreamReader({ decompressHandlers, validateCrcs: true });
    reader.append(bytes);
    const channels = new Map();
    const schemas = new Map();
    const lines = [];
    for (let record; (record = reader.nextRecord()); ) {
        if (record.type === "Schema") {
            schemas.set(record.id, record);
        } else if (record.type === "Channel") {
            channels.set(record.id, record);
        } else if (record.type === "Message") {
            const channel = channels.get(record.channelId);
            lines.push(line(channel, schemas.get(channel.schemaId), record));
        }
    }
    assert.ok(reader.done(), "the stream reader must reach the end of the file");
    return lines;
}

const all = Array.from({ length: count }, (_, n) => expected(n));

async function checkOurs(compression) {
    const path = `ours-${compression}.mcap`;
    execFileSync(files, ["write", path, compression], { stdio: "inherit" });
    const { reader, lines, some, metadata } = await readIndexed(path);
    assert.deepEqual(lines, all);
    assert.equal(reader.statistics.messageCount, BigInt(count));
    assert.equal(reader.statistics.messageStartTime, start);
    assert.equal(reader.statistics.channelMessageCounts.get(1), 1667n);
    assert.ok(reader.chunkIndexes.length >= 5);
    const name = compression === "none" ? "" : compression;
    assert.ok(reader.chunkIndexes.every((c) => c.compression === name));
    const wanted = Array.from({ length: 100 }, (_, i) => 1000 + i).filter((n) => n % 3 === 1);
    assert.deepEqual(some, wanted);
    assert.deepEqual(metadata, [["interop", ["half", "2500"]]]);
    assert.deepEqual(await readStream(path), all);
    console.log(`@mcap/core reads our ${compression} file: ${count} messages, CRCs good`);
}

class Sink {
    chunks = [];
    length = 0n;
    position() {
        return this.length;
    }
    async write(buffer) {
        this.chunks.push(Buffer.from(buffer));
        this.length += BigInt(buffer.byteLength);
    }
}

async function checkTheirs(name, options) {
    const sink = new Sink();
    const writer = new McapWriter({ writable: sink, chunkSize: 100000, ...options });
    await writer.start({ profile: "", library: "reference" });
    const schemaId = await writer.registerSchema({
        name: "interop.Text",
        encoding: "text",
        data: new TextEncoder().encode("plain text"),
    });
    const channels = [];
    for (let c = 0; c < 3; ++c) {
        channels.push(
            await writer.registerChannel({
                topic: `interop/${c}/`,
                schemaId: c === 2 ? 0 : schemaId,
                messageEncoding: "text",
                metadata: new Map([["number", `${c}`]]),
            }),
        );
    }
    for (let n = 0; n < count; ++n) {
        const logTime = start + BigInt(n) * 10000000n;
        await writer.addMessage({
            channelId: channels[n % 3],
            sequence: n,
            logTime,
            publishTime: logTime - BigInt(n),
            data: new TextEncoder().encode(payload(n)),
        });
    }
    await writer.addMetadata({ name: "interop", metadata: new Map([["half", "2500"]]) });
    await writer.end();
    const path = `theirs-${name}.mcap`;
    await writeFile(path, Buffer.concat(sink.chunks));
    const text = execFileSync(files, ["list", path], { maxBuffer: 1 << 26 }).toString();
    const lines = text.trimEnd().split("\n");
    const metadata = lines.filter((l) => l.startsWith("metadata|"));
    if (options.useMetadataIndex !== false) {
        assert.deepEqual(metadata, ["metadata|interop|half|2500"]);
    }
    assert.deepEqual(
        lines.filter((l) => l.startsWith("message|")),
        all,
    );
    console.log(`our reader reads the ${name} file of @mcap/core: ${count} messages`);
}

for (const compression of ["none", "zstd", "lz4"]) {
    await checkOurs(compression);
}
const compressChunk = (data) => ({ compression: "zstd", compressedData: zstd.compress(data, 3) });
await checkTheirs("plain", {});
await checkTheirs("zstd", { compressChunk });
await checkTheirs("unchunked", { useChunks: false });
await checkTheirs("unindexed", {
    useMessageIndex: false,
    useChunkIndex: false,
    useStatistics: false,
    useSummaryOffsets: false,
    repeatSchemas: false,
    repeatChannels: false,
    useMetadataIndex: false,
});

// A session recording explains itself: its quotes decode by the schema inside the file alone.
async function checkSession() {
    const path = "session.mcap";
    const date = "2026-11-25";
    execFileSync(generate, ["--quick", "--force", "--date", date, "--seed", "3", "--market", market, "--out", path]);
    const handle = await open(path, "r");
    const reader = await McapIndexedReader.Initialize({
        readable: new Readable(handle),
        decompressHandlers,
    });
    let source;
    for await (const m of reader.readMetadata({ name: "sauda.source" })) {
        source = m.metadata;
    }
    const types = new Map();
    let quotes = 0;
    let spot = 0;
    for await (const m of reader.readMessages({ validateCrcs: true })) {
        const channel = reader.channelsById.get(m.channelId);
        const schema = reader.schemasById.get(channel.schemaId);
        assert.ok(["J/feed/md/NIFTY/", "J/feed/md/INDIAVIX/"].includes(channel.topic));
        assert.equal(schema.encoding, "protobuf");
        if (!types.has(schema.id)) {
            const set = protobuf.descriptor.FileDescriptorSet.decode(schema.data);
            const names = set.file.map((f) => f.name);
            assert.equal(new Set(names).size, names.length);
            types.set(schema.id, protobuf.Root.fromDescriptor(set).lookupType(schema.name));
        }
        const batch = types.get(schema.id).decode(m.data);
        assert.equal(BigInt(batch.meta.known_time.toString()), m.logTime);
        assert.equal(BigInt(batch.meta.event_time.toString()), m.publishTime);
        for (const quote of batch.quotes) {
            quotes += 1;
            const bid = Number(quote.bid);
            const ask = Number(quote.ask);
            assert.ok(bid === 0 || ask === 0 || bid < ask);
            spot += bid === 0 && ask === 0 && Number(quote.last) > 0 ? 1 : 0;
        }
    }
    await handle.close();
    assert.equal(String(quotes), source.get("quotes"));
    assert.equal(source.get("origin"), "simulated");
    assert.equal(source.get("date"), date);
    assert.ok(spot > 1000);
    console.log(`a session recording decodes by its own schema: ${quotes} quotes`);
}
await checkSession();

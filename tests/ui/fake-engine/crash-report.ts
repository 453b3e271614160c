// A crash report as the engine parses it: the one in the design.

import type { CrashFrame, CrashReport, CrashThread } from "../../../ui/src/lib/bindings/api.ts";

const frame = (
  number: number,
  image: string,
  symbol: string,
  rest: Partial<CrashFrame> = {},
): CrashFrame => ({
  number,
  image,
  address: `0x${(0x18b2f4c3c + number * 4096).toString(16)}`,
  symbol,
  offset: null,
  source: null,
  own: false,
  ...rest,
});
const own = (number: number, symbol: string, source: string) =>
  frame(number, "BackyardBirds", symbol, { source, own: true, offset: 40 });
const system = (number: number, image: string, symbol: string, offset: number) =>
  frame(number, image, symbol, { offset });

const rest = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    system(from + at, "SwiftUI", `ViewGraph.updateOutputs(at:) ${at}`, 96 + at),
  );
const idle = (count: number) =>
  Array.from({ length: count }, (_, at) => system(at, "libsystem_kernel.dylib", `mach_msg2_trap_${at}`, 8));
const thread = (number: number, name: string, frames: CrashFrame[]): CrashThread => ({
  number,
  name,
  crashed: number === 0,
  own: frames.some((one) => one.own),
  frames,
});

export function crashReport(parts: Partial<CrashReport> = {}): CrashReport {
  return {
    headline: "Index out of range in SightingStore.sighting(at:)",
    exception: "EXC_BREAKPOINT (SIGTRAP)",
    codes: "0x0000000000000001, 0x0000000193234bf8",
    messages: ["Swift/ContiguousArrayBuffer.swift:600: Fatal error: Index out of range"],
    ending: "A runtime check failed, and the app stopped itself",
    termination: "Namespace SIGNAL, code 5, Trace/BPT trap: 5, by exc handler",
    terminationDetails: [],
    facts: [
      { label: "Process", value: "BackyardBirds" },
      { label: "Bundle ID", value: "se.halden.backyardbirds" },
      { label: "System", value: "iPhone OS 27.1 (24B83)" },
      { label: "Launched", value: "2026-11-20 13:50:57.4410 +0100" },
      { label: "Crashed", value: "2026-11-20 13:59:09.8812 +0100" },
      { label: "Incident", value: "9A3D2C51-7C1E-4D8B-B0AF-2E64C1F5A7D3" },
    ],
    thrown: [],
    threads: [
      thread(0, "Dispatch queue: com.apple.main-thread", [
        system(0, "libswiftCore.dylib", "_assertionFailure(_:_:file:line:flags:)", 248),
        own(1, "SightingStore.sighting(at:)", "SightingStore.swift:212"),
        own(2, "LifeListView.row(for:)", "LifeListView.swift:97"),
        own(3, "closure #1 in LifeListView.body", "LifeListView.swift:61"),
        system(4, "SwiftUI", "ForEachState.item(at:offset:)", 1480),
        system(5, "SwiftUI", "ForEachState.forEachItem(from:style:do:)", 596),
        system(6, "SwiftUI", "LazyVStackLayout.place(subviews:in:)", 3012),
        system(7, "AttributeGraph", "AG::Graph::UpdateStack::update()", 520),
        ...rest(8, 23),
      ]),
      thread(1, "com.apple.uikit.eventfetch-thread", idle(9)),
      thread(2, "birds.sync", [...idle(4), own(4, "SyncQueue.drain()", "SyncQueue.swift:44"), ...rest(5, 9)]),
      thread(3, "com.apple.CFNetwork.loader", idle(8)),
      thread(4, "Dispatch queue: com.apple.root.utility-qos", idle(5)),
    ],
    images: Array.from({ length: 412 }, (_, at) => ({
      name: at === 0 ? "BackyardBirds" : `libsystem_${at}.dylib`,
      path: at === 0 ? "/private/var/containers/Bundle/BackyardBirds.app" : null,
      uuid: `4F0C1E0A-55C4-3A0E-9C1F-${String(at).padStart(12, "0")}`,
      architecture: "arm64",
      base: `0x${(0x1048f0000 + at * 65_536).toString(16)}`,
      size: 65_536,
      own: at === 0,
    })),
    shortened: false,
    ...parts,
  };
}

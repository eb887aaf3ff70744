// Speaking instead of typing, where the browser can listen.

interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}

interface Heard extends Event {
  results: ArrayLike<ArrayLike<{ transcript: string }>>;
}

type Maker = new () => Recognition;

function maker(): Maker | undefined {
  const known = window as unknown as { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker };
  return known.SpeechRecognition ?? known.webkitSpeechRecognition;
}

export function canListen(): boolean {
  return maker() !== undefined && isSecureContext;
}

export interface Listening {
  /** What was said until now is still understood. */
  stop(): void;
  /** Nothing more is heard. */
  drop(): void;
}

/** Listen until the person pauses. `heard` gets all that was understood so far, `ended` comes last. */
export function listen(lang: string, heard: (text: string) => void, ended: () => void): Listening | null {
  const Recognition = maker();
  if (!Recognition) {
    ended();
    return null;
  }
  const recognition = new Recognition();
  recognition.lang = lang;
  recognition.interimResults = true;
  recognition.addEventListener("result", (event) => heard(Array.from((event as Heard).results, (r) => r[0]!.transcript).join("")));
  recognition.addEventListener("end", ended);
  recognition.start();
  return { stop: () => recognition.stop(), drop: () => recognition.abort() };
}

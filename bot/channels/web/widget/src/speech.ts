// Speaking instead of typing, where the browser can listen.

interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start(): void;
  stop(): void;
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

/** Listen until the person pauses. `heard` gets all that was understood so far, `ended` comes last; returns how to stop. */
export function listen(lang: string, heard: (text: string) => void, ended: () => void): () => void {
  const Recognition = maker();
  if (!Recognition) {
    ended();
    return () => undefined;
  }
  const recognition = new Recognition();
  recognition.lang = lang;
  recognition.interimResults = true;
  recognition.addEventListener("result", (event) => heard(Array.from((event as Heard).results, (r) => r[0]!.transcript).join("")));
  recognition.addEventListener("end", ended);
  recognition.start();
  return () => recognition.stop();
}

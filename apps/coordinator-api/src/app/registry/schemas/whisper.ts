import { decimal, flag, httpUrl, integer, oneOf, serviceKind, text } from './service-kind';

export const whisper = serviceKind(
  {
    type: 'whisper',
    name: 'Whisper',
    description: 'Transcribes speech, or translates it into English.',
  },
  ['audio_url'],
  {
    audio_url: httpUrl(),
    model: oneOf(['tiny', 'base', 'small', 'medium', 'large', 'large-v2', 'large-v3'], 'base'),
    language: { type: 'string', pattern: '^[a-z]{2,3}$' },
    task: oneOf(['transcribe', 'translate'], 'transcribe'),
    temperature: decimal(0, 1, 0),
    beam_size: integer(1, 10, 5),
    best_of: integer(1, 10, 5),
    initial_prompt: text(1_000),
    word_timestamps: flag(false),
    output_format: oneOf(['json', 'text', 'srt', 'vtt'], 'json'),
  },
);

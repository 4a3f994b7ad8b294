import { httpUrl, integer, oneOf, serviceKind } from './service-kind';

/** No raw arguments: each option is one of ours, so that a client can not hand ffmpeg a protocol or a file. */
export const ffmpeg = serviceKind(
  {
    type: 'ffmpeg',
    name: 'FFmpeg',
    description: 'Transcodes video or audio.',
  },
  ['input_url', 'output_format'],
  {
    input_url: httpUrl(),
    output_format: oneOf(['mp4', 'webm', 'mkv', 'mov', 'avi', 'mp3', 'wav', 'flac', 'ogg']),
    codec: oneOf(['h264', 'h265', 'vp9', 'av1'], 'h264'),
    preset: oneOf(
      ['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'slower', 'veryslow'],
      'medium',
    ),
    crf: integer(0, 51, 23),
    resolution: { type: 'string', pattern: '^[1-9][0-9]{1,3}x[1-9][0-9]{1,3}$' },
    bitrate: { type: 'string', pattern: '^[1-9][0-9]{0,6}[kM]$' },
    fps: integer(1, 120),
    audio_codec: oneOf(['aac', 'mp3', 'opus', 'vorbis', 'flac', 'pcm']),
    audio_bitrate: { type: 'string', pattern: '^[1-9][0-9]{0,4}k$' },
  },
);

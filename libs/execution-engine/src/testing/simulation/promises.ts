/** The promises that several places judge, by the words in which a failing seed names them. */
export const PROMISES = {
  lease: 'no write without the lease',
  events: 'events have neither gap nor repeat',
  claim: 'no execution is claimed while it is held',
  timer: 'no timer ends before its time',
  end: 'every execution ends',
  held: 'nothing is held outside',
  alone: 'in a process one handler works on an attempt',
} as const;

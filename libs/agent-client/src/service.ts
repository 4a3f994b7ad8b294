/** As errors call it. */
export const SERVICE = 'the agent service';

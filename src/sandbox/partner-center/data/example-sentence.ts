/** A sentence to type that finds exactly one ordinary user in the pretend data. */
export const exampleSentence = 'reset password for Adele Vance at Contoso Bikes';

/**
 * Words of other languages that stand in English messages, by what they mean: people write a title, a form or half a
 * sentence in their own. Folded, without accents. Left out is what is an English word or a name too.
 */
const borrowed = {
  password:
    'passwort kennwort passworts passwortes kennworts zugangsdaten wachtwoord wachtwoorden contrasena clave mdp passe',
  reset: `zurucksetzen zuruckgesetzt zurucksetzung zurucksetzten rucksetzen rucksetzung resetten resetet reseten gereset
    resetear restablecer restablezca restablecimiento reinitialiser reinitialise reinitialisation reinitialize reinitialisez
    reinicializar passwortreset passwort-reset kennwortreset wachtwoordreset wachtwoord-reset`,
  forgotten: 'vergessen vergeten oublie oubliee olvidado olvidada olvido vergass',
  expired: 'abgelaufen verlopen',
  lockout: 'ausgesperrt buitengesloten',
  locked: 'gesperrt geblokkeerd bloqueado bloqueada',
  lost: 'weg kwijt verloren perdu perdida',
  please: 'bitte aub alstublieft alsjeblieft graag svp gelieve',
  thanks: 'danke dank bedankt merci gracias',
  new: 'neues neuen neue neuer nieuw nieuwe nuevo nueva nouveau nouvelle',
  for: 'fur voor pour para',
  word: 'mot mots',
  at: 'bei bij chez',
  and: 'und',
  the: 'het las los les',
  his: 'sein seine seinen zijn',
  her: 'ihr ihre ihren haar',
  has: 'hat heeft ha',
  am: 'soy bin ben suis',
  is: 'ist wurde wird werd',
  not: 'nicht kein keine keinen niet geen pas',
  my: 'mein meine meinen mijn mon mijne',
  done: 'erledigt gemacht afgehandeld hecho fertig fait gedaan',
  closed: 'geschlossen gesloten ferme cerrado abgeschlossen',
  customer: 'kunde kundin klant firma kunden',
  company: 'bedrijf empresa societe entreprise unternehmen',
  user: 'benutzer benutzerin nutzer anwender anwenderin gebruiker utilisateur utilisatrice usuario usuaria mitarbeiter medewerker benutzername',
  subject: 'betreff onderwerp objet asunto anliegen demande',
  request: 'anfrage verzoek solicitud aanvraag actie aktion',
  problem: 'probleem probleme pb prob',
  account: 'konto cuenta compte',
  call: 'ruckruf anruf telefonat',
  today: 'heute vandaag hoy',
  mr: 'herr herrn hr dhr meneer monsieur senor sig signor',
  mrs: 'frau fr mevr mevrouw madame mme senora sra sig.ra signora',
  regards: 'gruss grusse grussen groet groeten salutations saludos vg lg mfg greetings',
  hello: 'guten hallo dag hola buenas buenos bonjour goedemorgen goedemiddag moin servus',
  morning: 'morgen ochtend tag',
};

/** What a word of another language means, in English. */
export const borrowedWords: ReadonlyMap<string, string> = new Map(
  Object.entries(borrowed).flatMap(([meaning, words]) => words.split(/\s+/).map((word) => [word, meaning] as const)),
);

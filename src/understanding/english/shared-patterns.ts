/** A reset as anything that may be said of one: `reset`, `change the password`, `new password`. */
export const event =
  '( RESET|RESETS | CHANGE .4 PASSWORD|PASSWORDS | PASSWORD CHANGE | NEW .2 PASSWORD|PASSWORDS|LOGIN )';
/** `for <p> at <c>` */
export const whom = '( (for|of|from|at|in|on|by|to THE? NAME )* )';

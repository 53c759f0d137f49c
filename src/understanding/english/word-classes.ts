/** What English words mean in a sentence about passwords. A phrase is written with `_`. */
export const wordClasses = {
  // What is done
  RESET: `pwr resert resset resrt reste reset passwort-reset passwortreset resetting reseting resett ressets rst rset re-set re-setting pwreset pw-reset resetpw resetpwd resetpassword
    password-reset passwordreset reset-password reset-pw renew renewal renewed renewing redo redone recover regenerate regenerated
    password_rest pw_rest rest_password rest_pw rest_pwd rest_pass rest_the_password rest_his_password rest_her_password rest_their_password`,
  RESETS: `resets pwresets`,
  CHANGE: `change changes changed changing update updating updated refresh replace replaced rotate set setting swap`,
  GIVE: `give gives given giving get gets getting send sends sending issue issuing provide make create generate assign
    grant supply arrange arranged organise organize sort do does perform initiate start trigger run process carry_out
    put execute proceed_with continue_with go_ahead_with hand handle action text raise order have having receive set_up use
    sort_out drop`,
  // What it is done to
  PASSWORD: `credential password pw pwd pass passwd passw passcode p/w credentials creds pwreset pw-reset resetpw resetpwd
    resetpassword password-reset passwordreset reset-password reset-pw password_rest pw_rest rest_password rest_pw
    rest_the_password`,
  PASSWORDS: `passwords pws pwds`,
  ACCOUNT: `account accounts login logon logins sign-in signin access user user's users office 365 m365 o365 microsoft`,
  PRODUCT: `entra id azure ad windows outlook teams email e-mail mail work office 365 m365 o365 microsoft ms domain aad exchange primary`,
  LOGIN: `account login logon sign-in signin access`,
  NEW: `new temp temporary fresh another different starter initial one-time`,
  IT: `it hers theirs`,
  // Who needs it
  NEED: `necessary need needs needed needing want wants wanted wanting require requires required requiring request requests requested
    requesting ask asks asked asking like likes beg begs begging plead pleads due wish wishes would_love is_after are_after
    was_after looking_for in_need_of could_do_with appreciate appreciated overdue must_have`,
  // What is wrong
  FORGOT: `forgot forgotten forgets forget forgetting locked_out locks_out lockout locked_himself locked_herself locked_themselves
    locked_themself locked_him locked_her locked_them shut_out no_idea_what no_clue_what kicked_out slipped_his_mind
    slipped_her_mind slipped_their_mind locked_up`,
  FAILED: `wrong invalid incorrect rejected rejects reject rejecting expired expires expire lost lose lapsed gone fails failed failing fail
    stopped compromised hacked leaked stolen broken dead kaput kaputt mixed_up mislaid misplaced no_longer_works stuck refused denied
    accepted accept accepts locked blocked phished exposed guessed breached died problem problems trouble issue issues troubles
    error unable`,
  ENTER: `log_in log_on login logon logs_in logs_on sign_in sign_on signin sign-in signs_in get_in get_on get_into open enter
    access log_into log_onto sign_into sign_onto log sign get_back_in log_back_in sign_back_in let in_the_system reach use
    get_back_into authenticate connect logging signing getting_in getting_into`,
  REMEMBER: `remember remembers recall know knows recollect guess think_of find work works working match matches`,
  // Around it
  NOT: `not no never nor nobody noone no_one none neither without nope cant dont doesnt didnt wont isnt wasnt hasnt havent couldnt shouldnt
    wouldnt unable doen't`,
  NOBODY: `nobody noone no_one none_of_us none_of_you none_of_them`,
  STOP: `refrain avoid stop stopping cancel cancels cancelled canceled scrap abort withdraw withdraws withdrawn withdrew drop skip hold
    undo undone revert revoke decline declined deny refuse refuses refused refusing reject block roll_back retract
    retracted call_off called_off park postpone`,
  FORGETIT: `never_mind nevermind leave_it leave_that hold_off scrap_that scrap_it disregard ignore
    hold_fire drop_it false_alarm no_need not_needed no_longer_needed no_longer_needs no_longer_wants no_longer_required not_required
    not_necessary no_longer_necessary nothing_to_do no_action no_reset no_resets no_further no_password_reset isnt_needed
    not_to_be_reset not_resetting jk please_wait called_it_off changed_my_mind changed_his_mind changed_her_mind
    strike_that_request under_no_circumstances not_allowed not_be_allowed nothing_needed is_cancelled was_cancelled not_wanted`,
  SUSPECT: `scam scammer fraud fraudulent phishing_call phishing_request phishing_attempt phishing_caller is_phishing looks_like_phishing impostor imposter impersonating impersonated impersonation suspicious_request suspicious_call suspicious_caller suspicious_reset suspicious_attempt spam
    social_engineering claimed_to_be claims_to_be pretended_to_be beware be_careful not_genuine sounded_off`,
  OVER: `done closed resolved solved completed complete finished sorted handled fixed taken_care_of took_care_of all_good successful
    successfully closing resolution all_set works_again working_again back_up_and_running`,
  LOGBOOK: `heads_up heads-up for_info just_so_you_know worklog work_log timesheet time_sheet time_entry time_entries logbook daily_report weekly_report monthly_report for_the_log
    for_the_record for_the_file invoice_text billing_text protocol changelog log_entry what_i_did done_today closing_note`,
  PAST: `was were been had already did got yesterday ago earlier last having managed used figured`,
  BE: `is are am be being was were been`,
  HAVE: `has have had`,
  WILL: `will going_to gonna`,
  MODAL: `can could cud would will may might must should shall`,
  TRIED: `tried tries trying try`,
  FIX: `repeat redo close closing bill log note record add schedule enable disable prepare delete remove create info_on rename restart`,
  // Who
  I: `i we`,
  YOU: `you u ya`,
  THEY: `he she they who somebody someone anyone anybody`,
  ME: `me us myself`,
  HIS: `his her their its hers`,
  THE: `the a an this that his her their its our your my`,
  SOMEBODY: `somebody someone a_colleague a_user some_user a_customer`,
  RELATIVE: `boss colleague manager friend wife husband brother sister`,
  SELF: `myself ourselves himself herself themselves themself on_his_own on_her_own on_their_own by_himself by_herself his_own her_own their_own`,
  MANY: `two three four five six seven eight nine ten several some many few all both each every everyone everybody`,
  PEOPLE: `users people colleagues employees staff team department accounts persons`,
  // How it is said
  LEAD: `after_all svp bitte merci bonjour danke gracias hola ciao description reason details category & please pls plz plss pleas plese kindly just now then so and or but hi hello hey hiya yo dear team all there again still also
    only today quickly locksmith help next instead thanks thx yeah yes yep oh ok okay well good morning afternoon evening actually
    asap urgent urgently ahead lets let's bot guys subject ticket task request action too as possible sorry title
    anyway cheers folks everyone today summary re fw fwd up`,
  PLEASE: `svp bitte please pls plz plss pleas plese kindly`,
  BREAK: `svp bitte please pls plz plss pleas plese kindly and but so because since as while although though which who & plus then before after if once when whenever unless until
    till provided providing assuming as_soon_as as_long_as in_case subject_to pending upon only_if only_after only_when only_once
    on_condition the_minute the_moment not_before that's_why or cos coz cuz except`,
  CONDITION: `if once when whenever unless until till provided providing assuming as_soon_as as_long_as in_case subject_to pending upon
    only_if only_after only_when only_once on_condition the_minute the_moment not_before after`,
  NOCONDITION: `done finished sorted complete ready back possible poss you u yo ya that's it's this_is ok okay convenient at_all not again more needed need_be
    necessary so any there in_doubt allowed free that_is`,
  CONSENT: `approval consent permission confirmation sign-off signoff authorisation authorization ok okay go-ahead`,
  OPENER: `do does did is are was were has have should shall am how how's what what's why when where who who's whose which whether
    am_i are_we`,
  HOW: `how what what's why where who who's whose which`,
  WONDER: `wonder wondering any_idea explain check_if check_whether find_out see_if see_whether look_up advise_whether question_about
    asks_about asked_about want_to_know wants_to_know would_like_to_know asked_where
    asks_where asked_when asks_when asked_how asks_how asked_why tell_me_whether any_news or_not legit`,
  POLITE: `grateful_if appreciate_if obliged_if appreciated_if great_if good_if nice_if kind_if thankful_if helpful_if wondering_if wondering_whether wonder_if wonder_whether asks_if asked_if asks_whether asked_whether asking_if asking_whether ask_if ask_whether wants_to_know_if`,
  TEACH: `ask tell let remind teach show instruct advise make_sure ensure walk help get have has had let's`,
  EXAMPLE: `trainees demo training slide slides practise practice joke test testing quiz`,
  SUPPOSE: `a_drill at_this_rate do_i_phrase do_i_word do_i_write example examples e.g eg exercise template script kb knowledge_base role_play roleplay wording scenario role-play sample dry_run dry-run for_instance imagine pretend pretends pretending suppose
    hypothetical hypothetically kidding joking would_ask don't_run do_not_run translate`,
  CLUE: `no_clue no_idea not_a_notion not_a_clue no_notion no_memory no_recollection`,
  NOW: `asap now urgent urgently immediately quickly right_away straight_away right_now`,
  STUFF: `bot tool page site screen link links instructions policy report reports log portal volumes stats statistics numbers figures
    stuff questions question process mail mails email sms history counter guide article manual wiki course video rules length
    manager group list expiry admins administrator page's screen's tutorial documentation requests protected protection prompt prompts field tickets
    sheet book`,
  FACTOR: `mfa 2fa 2-fa tfa multi-factor multifactor two-factor twofactor 2-factor two_factor multi_factor authenticator passkey
    passkeys fido fido2 totp otp yubikey sspr security_key windows_hello bitlocker self-service selfservice pin bios voicemail
    app_password app_passwords application_password app-password temporary_access_pass authentication_methods password_methods
    recovery_key`,
  THING: `local domain root laptop pc computer workstation machine device phone tablet router firewall printer server wi-fi wifi
    wireless wlan vpn database sql sap bank banking google gmail icloud apple facebook linkedin dropbox zoom slack adobe quickbooks
    xero salesforce citrix nas vault keepass lastpass 1password website wordpress netflix erp crm file files excel spreadsheet
    workbook pdf zip document documents folder folders drive cache queue layout desktop scanner copier camera door safe intercom
    kiosk screensaver chart quota badge licence license licences calendar signature settings setting expectations meeting meetings
    permissions cookies archive usb iphone ipad factory alarm machine modem switch screen tv clock system phone_number
    display_name app shared_mailbox status browser teams_cache network amazon paypal twitter instagram software program tool sa
    service_account local_admin domain_admin global_admin`,
  UNLOCK: `unlock unlocks unlocking unlocked unblock unblocking`,
  SIDE: `block disable enable rename delete remove revoke restore`,
  DRAFT: `wiki newsletter blog faq slide slides article poster intranet manual documentation intro`,
  TOUCH: `touch change alter modify mess_with play_with interfere_with meddle`,
  INCIDENT: `attack incident breach hack phish phishing attempts attempt tries update upgrade migration being having forgetting move crash outage expired theft`,
  MONTH: `january february march april june july august september october november december`,
  DAY: `monday tuesday wednesday thursday friday saturday sunday mondays fridays weekend week month noon midday midnight lunch
    lunchtime evening night mon tue wed
    thu fri end_of_the_day end_of_day end_of_business end_of_the_week morning afternoon`,
  LATER: `tomorrow tonight later this_afternoon this_evening in_the_evening in_the_afternoon at_noon eod eob later_today later_on
    day_after_tomorrow next_week next_month next_monday next_tuesday next_wednesday next_thursday next_friday over_the_weekend
    at_the_weekend after_lunch after_work after_hours after_the_meeting after_the_break during_the_maintenance_window
    at_the_end_of_the_day at_the_end_of_the_week first_thing in_a_bit in_a_minute in_an_hour in_half_an_hour tonight's`,
  SPAN: `minute minutes min mins hour hours day days week weeks month months`,
  BUSY: `is_on_it are_on_it i_am_on_it taking handling assigned_to_me on_my_list took_over working_on_it got_this
    looking_into is_looking_after on_ice in_progress`,
  REPORTED: `said says say types type types writes wrote something_like such_as reads read`,
} as const;

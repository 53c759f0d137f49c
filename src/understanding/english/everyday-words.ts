/**
 * Words that are no name where they are written small, or begin a sentence. Unlike the ordinary ones they explain nothing
 * where somebody is called so.
 */
export const everydayWords = `
  accident ache actor addition adult affair afford afraid age air alone aloud amazing ambulance amount ample annoying
  anxious apart appetite arm army arrest attitude audience audit average awake award aware awful backup bag bar base
  basis become bed beginner behaviour big birth boat body bonus border bored boyfriend girlfriend breakfast brilliant
  budget build building built bundle bus buyer cabinet cake capacity capital career cast catalogue celebrate cell
  centre center chair chairman challenge channel cheap cheat child children childhood choice choose choosing chose
  chosen christmas circle city civil clean cloud club coach code coin cold collapse collar collect collection college
  combine comfort comfortable command comment commission commit committee common communicate community compare
  comparison competition complaint complex complicated conduct conference confidence confident conflict consider
  consist construction consult contain content contest contract contrast contribute conversation convince cookie copy
  corporate cost cottage council count country courage court cousin cow crack crazy creative credit crisis criteria
  critical curious currency custom cycle daddy danger dangerous dark data date dated daughter deadline decade decent
  decide decision declare defeat defence defend define degree dentist depend deposit depth deserve desire diary
  dictionary difference difficulty digital dinner direction disagree disappear disappoint disappointed disaster
  discount discover discovery disk dish distance district disturb divide dodgy dollar double download draft drafting
  drag drawer drawing dream dress drink driving drove drunk dump duty eager ear earn earth ease eastern eat eaten
  economy edge editor education effect efficient effort egg electric electricity electronic element elevator
  embarrassed embarrassing embarrassment emergency empty encourage enjoy enormous enterprise entertain enthusiasm
  entrance entry environment envelope equipment era escape essential establish estate estimate euro evidence exam
  examine excellent excellently exception excited exciting exhibition exit expand expense expensive experience
  experiment expert explore export expose express extent extreme eye fabric face fairly fallen falls familiar family
  famous fan fantastic fashion fat fax fear feature fed fee feed feel feeling feelings feels feet fell felt fetch
  fewer fighting film filter financial finger fired fit fitness flash flat flight flow flu flying focus food fool foot
  football forecast foreign formal formally former formula fortunate fortune forum foundation freelance freeze
  freezing fridge friendly frightened fruit frustrated frustrating fun function fund funny fuse fuss future gap garage
  gas gather gently glasses goal goodbye government grade grandfather grandmother graph ground groups grow growing
  grown growth guarantee guard habit hair handbag handover hang hanging hard harder hardware hassle hated headache
  heading headphones headset health healthy hearing heat heating heavy heavily height hesitate hidden hide higher
  highly hint historic hobby hole homework hot housing huge human hundred hung hurting icon ideal illegal image impact
  import impress impressed impression improve improvement income increase index indicate individual industry influence
  injury inner innocent input inquiry insert inspection instant institute instrument intelligent intention intern
  internet interrupt introduce introduction invest investment invitation invite invoice involve involved island item
  jacket joint journal journey jump junk kick kids kill killing kilometre knee knife knowledge label lack lad lads
  landline landing landlord language lap laser lasted latter laugh laughing launch laundry layer lazy leader leading
  leaflet league lean learn learned learning learnt lecture leg legally lesson letter letters liability library lid
  lie life lifetime lift light lighting limit limited listen literature live lived lives living load loan lobby
  location lonely loose lorry loss loud lounge loved loves luggage lying madness maintain management manner map marked
  marriage married mass material maths maximum meanings measure mechanic media medical medicine medium mental mentor
  menu mere mess messing messy metal meter method metre mice middle mile million minimum minister mirror misread
  mission mixture mode model modern money monitor monkey mostly mother motion motor mountain mouth movie mum museum
  music mutual nation national native natural naturally nature naughty needle negative neighbour neutral nevertheless
  newspaper nightmare noise noisy northern nose notebook novel numerous objective occasion occasionally occur offence
  offer officer offline older oldest omit ongoing online operate operator opinion opportunity oppose opposite option
  orange ordinary origin outcome outdoor outer outlet outline output outstanding overall overlooked overseas overtime
  pack package packet paid painful painting panel paperwork paragraph parent parents partner partners partnership
  party passage passenger passive passport past path patient pattern pay paying payment peak pension percent perfect
  perfectly performance permanently permit petrol photo photograph phrase physical picture pictures pile pizza
  platform player pleasant pleased pleasure plug plumber pocket pod point pointed pole policies polite political
  popped popular population position positive possess possibility postcode poster potential pour powerful practical
  practically precise preparation presence pressure pretty prevent principle print printed printing privacy prize
  produce product production profession professional professor profit programme promote proof property proportion
  proposal propose protect protest prove provider province public publish pump punch purchase purpose qualified
  quality quantity quarter quieter quote radio railway raining random rapid rarely rate reaction readers realise
  realised realize realized rebooted rebooting receipt recognise recognised recommend recorded recruit reduce reflect
  refund regional relate relation relationship relax release relevant reliable relief remark remarkable removal rent
  rented repair repairs represent reputation research reserve resident resist resource resources response responsible
  restaurant reveal revenue riding risk risky role roof roughly round route routine royal rude rugby ruined rule
  rumour sadness safety salary sandwich satisfied satisfy scale scan scared scary scene scheme season secondly section
  sector seed seek sell selling sense sensible sensitive sentence series serve serving settle settled setup shade
  shake shaking shape shelf shirt shock shocked shoes shopping shot shower shy sickness sigh sight signal significant
  silent silly singing single situation size ski skill sleep sleeping sleepy slept slice slight slightly slip slope
  smooth smoothly society sock socks solid somehow someway somewhat somewhere son sought sound sounding sounds source
  southern space speaker specialist speech speed spend spending spill spin split spoon sport spot spotted spread
  stairs stake stared statement steady steal step stick sticking sticky stole storage stored strain stranger strategy
  strength stress stressed stressful strip strongly structure student study studying stupid style substance succeed
  success suggestion suit suitable sum super superb supper surface surgery surname surprise surprised surprising
  surround survey survive suspended suspension swimming swing tap tape tax taxi tea teaching technical technically
  technique technology teenager telephone television temper temperature tend tender tension tenth term terms terribly
  terrific theatre thin thorough thousand thread threat threaten threw thrown timely timing tip tired toilet ton topic
  topped torn towel trace track trade tradition traffic tram translation trap treat treatment trend trial
  tricky tropical truck truly trunk trust tube tune twelve twenty twin typical typically understandable unfair unhappy
  uniform unique unit united unity universal university unknown unlikely unlucky unnecessary unpleasant unusual
  upcoming upstairs downstairs upwards useful utterly valid valuable value variety vehicle version village vintage
  virtual virtually virus visa visible vision visual vital volume volunteer vote vulnerable wages waiter waking wallet
  wandered wash washing waste watched watching wave wavelength weak weakness wear wearing web weight weird welcome
  welfare well-known wet whack whereas wherever whilst whoever widely willing wire wonderful wore workflow workplace
  worthwhile wow wrapped writer yellow youth zero alternatively anytime appointment bizarre bless blessed bloody
  bonkers cheeky dashboard dialled dialling evidently faffing fella flagged forgetful freaking frantic gentle
  grumbling haunting helpless hopping hysterical inbox intake irritated mangled moaning muddled mumbling nagging
  newbie nudge offsite onsite overslept payslip payslips politely prepping presumably raging reachable reckon reckons
  reopened rota rotas ruddy scrambled scribbled sobbing standup stationed stumped swamped tearing tempted tends
  timesheet timesheets tracking unanswered unreachable unsure unwell wanna whiteboard wfh zoned ok'ed tbh imo afaik
  omg wtf nvm brb eta tba tbc hols secs appt mgmt acct accts asst svc svcs req reqs msg msgs num nos prob probs def
  defo obvs soz bout tmrw tmr tomoz 2day 2moro gr8 l8r thnx thanx thks thku tyvm cheerio bye byebye goodnight gday
  g'day aye nay laddie lassie geezer
`;

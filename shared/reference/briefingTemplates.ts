/**
 * What an empty section of a briefing may begin with: the points that the section holds (domain-facts 3.1, 3.2), as
 * questions to be answered, with facts of the plan where the plan knows them. Our own wording; a force may change it.
 */
export const briefingTemplates: Readonly<Record<string, string>> = {
  information: `{{operation}} is led by {{lead}}, {{force}}. Strike is {{strike}}.
There are {{targets}} targets at {{premises}} premises, with {{warrants}} warrants.

History:
Location:
Intelligence, evaluated and sanitised:
Partners:
Community issues and results of the community impact assessment:`,
  intention: `The intention is to arrest {{arrest targets}}, to search {{search targets}} and to safeguard {{safeguard targets}}.

Gold strategy:
Tactical plan:
Powers:
Policy:`,
  method: `{{teams}} teams enter: {{team list}}.

Tactical plan, team by team:
Powers used at each premises:
Command and control:
Contingencies:`,
  administration: `Commanders:
Specific duties, with exhibits and disclosure officers:
Arrest policy:
Media policy:
Partners and their responsibilities:
Times and places of duty and briefing:
Equipment and dress:
Health, safety and welfare:
Decision log kept by:`,
  riskAssessment: `Known: {{premises with children}} premises with children, {{premises with vulnerable adults}} with vulnerable adults, {{premises with hazards}} with hazards, {{cuckooed premises}} cuckooed or suspected to be.

For each premises and person: the risk, who is at risk, and what is done about it:`,
  communications: `Radio channels:
Call signs:
Contacts:
Media:`,
  humanRights: `Articles engaged:
Lawful, necessary and proportionate because:
Less intrusive means considered:
Disclosure:`,
  situation: `{{operation}}: {{targets}} targets at {{premises}} premises. Strike is {{strike}}.

What is known:
What has led to the operation:`,
  aim: `To arrest {{arrest targets}}, to search {{search targets}} and to safeguard {{safeguard targets}}.`,
  factors: `People:
Place:
Time:
Law:
Community:`,
  choices: `1.
2.
3.`,
  option: `The preferred option is:
Because:`,
  monitoring: `Who follows the operation, and how:
When it is reviewed:
Debrief:`,
};

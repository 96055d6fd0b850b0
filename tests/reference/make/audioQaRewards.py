"""Rewards of the official code of R1-AQA, for tests/reference/audioQaRewards.json.

Usage: python3 audioQaRewards.py path/to/r1-aqa/src/utils/rewards.py

math_verify is replaced by a function that throws, so that only the comparison of strings acts.
"""
import json
import sys
import types

src = open(sys.argv[1]).read()
ns={}
m=types.ModuleType('math_verify')
def parse(x): raise ValueError
m.parse=parse; m.verify=lambda a,b:0
sys.modules['math_verify']=m
exec(src,ns)
gold='<answer>dog barking</answer>'
texts=['<answer>dog barking</answer>','dog barking',' dog barking \n','<answer>Dog barking</answer>','<answer>dog barking</answer>, I think.','<answer> dog barking\t</answer>',' <answer>dog barking</answer>','<answer>dog barking</answer>\n','<answer>\ndog barking\n</answer>','<answer>rain</answer><answer>dog barking</answer>','<answer>dog barking</answer><answer>rain</answer>','<answer></answer>','','<answer>dog barking','dog barking</answer>','<ANSWER>dog barking</ANSWER>','<answer>rain</answer>','It is a dog.','<think>a bark</think><answer>dog barking</answer>','<think>a bark</think>\n<answer>dog barking</answer>','<answer>dog  barking</answer>','<answer>dog barking.</answer>','<answer>B. dog barking</answer>','<answer>dog barking\u2028</answer>','<answer>\u2028dog barking</answer>','<answer>\x1cdog barking\x1f</answer>','<answer>\ufeffdog barking</answer>','<answer>dog\rbarking</answer>','<answer>\rdog barking\r</answer>','<answer>dog barking\u0085</answer>','<answer><answer>dog barking</answer></answer>','</answer><answer>dog barking</answer>','<answer>dog\nbarking</answer>','<answer>rain\n</answer><answer>dog barking</answer>','xx<answer>dog barking</answer>yy']
cases=[]
for s in [gold,'dog barking',' dog barking ','<answer></answer>','']:
  for t in (texts if s==gold else texts[:14]):
    a=ns['accuracy_reward']([[{'content':t}]],[s])[0]; f=ns['format_reward']([[{'content':t}]])[0]
    cases.append({'name':repr(t)+' for '+repr(s),'inputs':{'completion':t,'solution':s},'outputs':{'accuracy':a,'format':f}})
json.dump({'topic':'rule rewards of R1-AQA','encoding':'reward 0 or 1','made_with':'Python '+sys.version.split()[0]+', with math_verify.parse replaced by a function that throws, so that only the comparison of strings acts','sections':[{'name':'audioQaRewards','source':{'repo':'xiaomi-research/r1-aqa','path':'src/utils/rewards.py','function':'accuracy_reward, format_reward','commit':'5d24f3107f1a7b326029a3abb78e529f99de5251'},'formula':'accuracy: text of the first <answer>…</answer> (or the whole), stripped, equals the solution\'s; format: the whole is <answer>…</answer>','tolerance':{'rtol':0,'atol':0},'cases':cases}]},sys.stdout,indent=1,ensure_ascii=True)

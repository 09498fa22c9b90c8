"""Wrong uses of the package. Each line with a mark must be refused by mypy and by pyright, both strict, with the words that the mark names;
a line without one must not. It is never run.

A mark is a comment at the end of the line that the checker names: the word WRONG, then for mypy the error's code, then for pyright the rule.
"""

# pyright: strict

import finaut

client = finaut.Client()

# Words.
client.users.get(id=1, priority="high")  # WRONG arg-type reportArgumentType
client.inbox.next(kind="results")  # WRONG arg-type reportArgumentType
client.inbox.poll(kind="link")  # WRONG arg-type reportArgumentType
client.inbox.events(kind="reslut")  # WRONG arg-type reportArgumentType
client.request(method="get", path="user/")  # WRONG arg-type reportArgumentType
client.userstatus.create(appname="afr", user=1, status="afrok")  # WRONG arg-type reportArgumentType

# A string where a list is expected.
client.users.enroll(id=1, schemes="afr")  # WRONG arg-type reportArgumentType
client.users.update(id=1, changes={"add_roles": "afr_ba"})  # WRONG typeddict-item reportArgumentType
client.users.create_ba(persnr="", first_name="", last_name="", company=1, department=1, schemes="afr")  # WRONG arg-type reportArgumentType

# Wrong keys and values of what is given.
client.users.update(id=1, changes={"e_mail": "x"})  # WRONG typeddict-unknown-key reportArgumentType
client.users.update(id=1, changes={"email": 7})  # WRONG typeddict-item reportArgumentType
client.users.update(id=1, changes="email")  # WRONG arg-type reportArgumentType
client.users.move(id=1, department={"nam": "Øst"})  # WRONG arg-type reportArgumentType
client.users.get(ident=1)  # WRONG call-arg reportCallIssue
client.users.list(page=1.5)  # WRONG arg-type reportArgumentType

# Wrong keys of replies.
user = client.users.get(id=1)
print(user["lastname"])  # WRONG typeddict-item reportGeneralTypeIssues
print(user["work_for"]["departmentname"])  # WRONG typeddict-item reportGeneralTypeIssues
print(client.users.list()["result"])  # WRONG typeddict-item reportGeneralTypeIssues
print([row["exam"] for row in client.results.iterate()])  # WRONG typeddict-item reportGeneralTypeIssues
print(client.budget()["left"])  # WRONG typeddict-item reportGeneralTypeIssues
print(client.check()["hosts"])  # WRONG typeddict-item reportGeneralTypeIssues
print(finaut.persnr_check("")["ok"])  # WRONG typeddict-item reportGeneralTypeIssues

# Wrong types of values.
number: int = user["persnr"]  # WRONG assignment reportAssignmentType
print(client.companies.get(id=1)["navn"] + 1)  # WRONG operator reportOperatorIssue
print(user["email"].lower())  # WRONG union-attr reportOptionalMemberAccess
print(client.inbox.next()["event"])  # WRONG index reportOptionalSubscript
for event in client.inbox:
    if event["kind"] == "userstate":  # WRONG comparison-overlap reportUnnecessaryComparison
        break

"""Translates a SAM template as AWS does, without an account: `translate.py TEMPLATE REGION`, JSON to standard output.

Fails where SAM adds a role or a policy of its own: docs/permissions.md, which is written from the template, would not have it.
"""

import copy
import json
import os
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """The names of AWS's own policies could only be looked up in an account; our template has none."""

    def load(self):
        return {}


def translate(template, region):
    """CloudFormation's resources in place of SAM's; code that is on this machine gets a place in a bucket that is nowhere."""
    os.environ["AWS_DEFAULT_REGION"] = region
    template = copy.deepcopy(template)
    for resource in template["Resources"].values():
        for key in {"CodeUri", "ContentUri"} & resource.get("Properties", {}).keys():
            resource["Properties"][key] = "s3://not-uploaded/not-uploaded"
    return transform(template, {}, NoManagedPolicies())


def permissions_of(template):
    """Every role and policy by its id, and every function's role."""
    iam = {id: one["Properties"] for id, one in template["Resources"].items() if one["Type"].startswith("AWS::IAM::")}
    functions = {"AWS::Serverless::Function", "AWS::Lambda::Function"}
    roles = {id: one["Properties"].get("Role") for id, one in template["Resources"].items() if one["Type"] in functions}
    return json.loads(json.dumps({"iam": iam, "roles": roles}))


def strangers(template):
    """Permissions to invoke that SAM gives to the events, where they do not say whose they are."""
    permissions = {id: one["Properties"] for id, one in template["Resources"].items() if one["Type"] == "AWS::Lambda::Permission"}
    return [id for id, one in permissions.items() if not {"SourceArn", "SourceAccount"} & one.keys()]


def main():
    file, region = sys.argv[1:]
    with open(file, encoding="utf-8") as source:
        template = yaml_parse(source.read())
    translated = translate(template, region)
    if permissions_of(template) != permissions_of(translated):
        sys.exit(f"SAM changes the roles and policies of {file}; docs/permissions.md does not tell the truth")
    if strangers(translated):
        sys.exit(f"{', '.join(strangers(translated))}: anybody's event may invoke the function")
    json.dump(translated, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()

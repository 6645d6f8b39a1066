"""Translates a SAM template as AWS does, without an account: `translate.py TEMPLATE REGION`, JSON to standard output."""

import json
import os
import sys

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """The names of AWS's own policies could only be looked up in an account; ours name none."""

    def load(self):
        return {}


def translate(template, region):
    """CloudFormation's resources in place of SAM's. Code that is still on this machine gets a place in a bucket that is not there."""
    os.environ["AWS_DEFAULT_REGION"] = region
    for resource in template["Resources"].values():
        for key in {"CodeUri", "ContentUri"} & resource.get("Properties", {}).keys():
            if not str(resource["Properties"][key]).startswith("s3://"):
                resource["Properties"][key] = "s3://not-uploaded/not-uploaded"
    return transform(template, {}, NoManagedPolicies())


if __name__ == "__main__":
    file, region = sys.argv[1:]
    with open(file, encoding="utf-8") as source:
        json.dump(translate(yaml_parse(source.read()), region), sys.stdout, ensure_ascii=False, indent=1)

"""Lets a command publish to an S3 and an application repository on this machine, and checks what arrives: `packages.py COMMAND...`."""

import io
import json
import logging
import os
import re
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
from moto.server import ThreadedMotoServer
from samtranslator.yaml_helper import yaml_parse

BUCKET = "casebell-packages"
# Function and layers together, and a template in S3 (Lambda Developer Guide and CloudFormation User Guide, "quotas").
UNZIPPED = 250 * 1024 * 1024
TEMPLATE = 1024 * 1024
NEEDED = ["author", "description", "homePageUrl", "labels", "semanticVersion", "sourceCodeUrl", "spdxLicenseId"]
UNWANTED = re.compile(r"\.map$|\.ts$|\.test\.|\.fixture\.|(^|/)\.env|node_modules/(?!@casebell/)")


def start_repository(applications):
    """What `sam publish` asks of the repository: CreateApplication (its API reference; the answer's fields are the request's)."""

    class Repository(BaseHTTPRequestHandler):
        def do_POST(self):
            application = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            applications.append(application)
            arn = "arn:aws:serverlessrepo:us-east-1:111122223333:applications/" + application["name"]
            answer = json.dumps({**application, "applicationId": arn}).encode()
            self.send_response(201)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Repository)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def fetch(s3, uri):
    bucket, key = re.fullmatch(r"s3://([^/]+)/(.+)", uri).groups()
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def unzip(s3, uri):
    with zipfile.ZipFile(io.BytesIO(fetch(s3, uri))) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def size(files):
    return sum(len(content) for content in files.values())


def contents_of(id, files, expected):
    print(f"  {id:14} {size(files):>9,} bytes in {len(files)} files")
    unwanted = [f"{id}: {file} must not be deployed" for file in files if UNWANTED.search(file)]
    return unwanted + [f"{id}: {file} is missing" for file in expected if file not in files]


def of_type(template, kind):
    return {id: one["Properties"] for id, one in template["Resources"].items() if one["Type"] == kind}


def check_code(template, s3):
    layers = {id: unzip(s3, one["ContentUri"]) for id, one in of_type(template, "AWS::Serverless::LayerVersion").items()}
    problems = [problem for id, files in layers.items() for problem in contents_of(id, files, ["LICENSE"])]
    for id, one in of_type(template, "AWS::Serverless::Function").items():
        files = unzip(s3, one["CodeUri"])
        problems += contents_of(id, files, [one["Handler"].split(".")[0] + ".js"])
        # Including conditional layers: the largest possible size.
        used = [id for id in layers if f"'Ref': '{id}'" in str(one["Layers"])]
        whole = size(files) + sum(size(layers[layer]) for layer in used)
        print(f"  {'':14} {whole:>9,} bytes with {', '.join(used)}")
        if whole > UNZIPPED:
            problems.append(f"{id} is larger than the {UNZIPPED:,} bytes that Lambda takes")
    return problems


def check_application(application, s3):
    problems = [f"{key} is not sent" for key in NEEDED if not application.get(key)]
    for key, file in {"licenseUrl": "LICENSE", "readmeUrl": "README.md"}.items():
        with open(file, "rb") as source:
            if fetch(s3, application[key]) != source.read():
                problems.append(f"{key} is not {file}")
    length = len(application["templateBody"].encode())
    print(f"  {'template':14} {length:>9,} bytes; {application['name']} {application['semanticVersion']}")
    return problems + ([f"The template is larger than {TEMPLATE:,} bytes"] if length > TEMPLATE else [])


def start_aws(applications):
    """Puts both into the environment, so that nothing that is run from here reaches another AWS. Gives an S3 client."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    os.environ.update(AWS_ACCESS_KEY_ID="local", AWS_SECRET_ACCESS_KEY="local", AWS_DEFAULT_REGION="us-east-1")
    os.environ["AWS_ENDPOINT_URL_S3"] = "http://%s:%s" % server.get_host_and_port()
    os.environ["AWS_ENDPOINT_URL_SERVERLESSAPPLICATIONREPOSITORY"] = start_repository(applications)
    return boto3.client("s3")


def main():
    applications = []
    s3 = start_aws(applications)
    s3.create_bucket(Bucket=BUCKET)
    status = subprocess.run([*sys.argv[1:], "--bucket", BUCKET]).returncode
    if status or len(applications) != 1:
        sys.exit(f"{sys.argv[1]} ended with {status}; {len(applications)} applications were published")
    [application] = applications
    problems = check_application(application, s3) + check_code(yaml_parse(application["templateBody"]), s3)
    print("\n".join(problems) or "  nothing is missing, and nothing is there that should not be")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()

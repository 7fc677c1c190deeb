// Every kind that the console makes, from the first to the last on each cloud: it appears, a filter finds it, it is changed and deleted; and
// what is gone behind the console's back is refused by the cloud, which the console tells.

import type { Page } from "@playwright/test";
import { CLOUDS, confirm, enterCloud, open, rows, type TestCloud } from "../fixtures/console";
import { launch, list, make, REGION, ZONE } from "../fixtures/given";
import { expect, test } from "../fixtures/test";

interface Life {
  slug: string;
  /** How many of them are called. */
  many: string;
  /** What the console's API is asked for, given a name and which of them it is, after what it needs has been made. */
  draft: (page: Page, cloud: TestCloud) => Promise<(name: string, number: number) => object>;
  /** The action that ends it, and what it is for the console's API. */
  end?: [label: string, action: object];
  /** What it becomes while it is still listed. */
  becomes?: RegExp;
  /** What its row says when it is ready to be ended. */
  ready?: string;
  /** It has no tags to change, or its cloud does not tell of them. */
  untagged?: (cloud: TestCloud) => boolean;
}

const named = (name: string) => [{ key: "Name", value: name }];

async function vpc(page: Page): Promise<string> {
  return (await list(page, `vpcs?region=${REGION}`)).find((row) => row.is_default)?.id ?? "";
}

async function subnet(page: Page): Promise<string> {
  const home = await vpc(page);
  return (await list(page, `subnets?region=${REGION}&vpc=${home}`))[0]?.id ?? "";
}

/** A volume that can be taken a snapshot of. */
async function volume(page: Page): Promise<string> {
  const id = await make(page, "volumes", { name: "e2e-base", zone: ZONE, size: 1, volume_type: "gp3" });
  const state = async () => (await list(page, `volumes?region=${REGION}`)).find((row) => row.id === id)?.state;
  await expect.poll(state, { timeout: 20_000 }).toBe("available");
  return id;
}

async function snapshot(page: Page): Promise<string> {
  const id = await make(page, "snapshots", { volume_id: await volume(page), name: "e2e-base" });
  const state = async () => (await list(page, `snapshots?region=${REGION}`)).find((row) => row.id === id)?.state;
  await expect.poll(state, { timeout: 40_000 }).toBe("completed");
  return id;
}

const NETWORK = { cidr_block: "10.211.0.0/16", tenancy: "default", dns_support: true };

const COMPUTE: Life[] = [
  {
    slug: "launch-templates",
    many: "launch templates",
    draft: async (page, cloud) => {
      const { id: instance_id } = await launch(page, cloud, "e2e-model");
      return (name) => ({ name, instance_id, tags: [] });
    },
    // moto tells of a template those tags alone that it was made with.
    untagged: (cloud) => cloud.label === "Moto",
  },
];

const STORAGE: Life[] = [
  { slug: "volumes", many: "volumes", draft: async () => (name) => ({ name, zone: ZONE, size: 1, volume_type: "gp3" }), ready: "available" },
  {
    slug: "snapshots",
    many: "snapshots",
    draft: async (page) => {
      const volume_id = await volume(page);
      return (name) => ({ volume_id, name });
    },
    end: ["Delete", { do: "delete", with_images: false }],
    ready: "completed",
  },
  {
    slug: "images",
    many: "images",
    draft: async (page) => {
      const plain = { from: "snapshot", description: "", architecture: "x86_64", root_device: "/dev/sda1", volume_type: "gp3" };
      const snapshot_id = await snapshot(page);
      return (name) => ({ ...plain, snapshot_id, name, delete_on_termination: true, tags: [] });
    },
    end: ["Deregister", { do: "deregister", with_snapshots: false }],
    ready: "available",
  },
];

const NETWORK_AND_SECURITY: Life[] = [
  { slug: "keypairs", many: "key pairs", draft: async () => (name) => ({ name, key_type: "ed25519" }) },
  {
    slug: "securitygroups",
    many: "security groups",
    draft: async (page) => {
      const vpc_id = await vpc(page);
      return (name) => ({ name, description: "By the test", vpc_id });
    },
  },
  {
    slug: "addresses",
    many: "elastic addresses",
    draft: async () => (name) => ({ count: 1, tags: named(name) }),
    end: ["Release", { do: "release" }],
  },
  {
    slug: "network-interfaces",
    many: "network interfaces",
    draft: async (page) => {
      const subnet_id = await subnet(page);
      return (name) => ({ subnet_id, description: name, tags: named(name) });
    },
    ready: "available",
  },
];

const VPC: Life[] = [
  { slug: "vpcs", many: "VPCs", draft: async () => (name) => ({ ...NETWORK, tags: named(name) }), ready: "available" },
  {
    slug: "subnets",
    many: "subnets",
    draft: async (page) => {
      const vpc_id = await make(page, "vpcs", { ...NETWORK, tags: named("e2e-home") });
      return (name, number) => ({ vpc_id, cidr_block: `10.211.${number}.0/24`, tags: named(name) });
    },
  },
  {
    slug: "route-tables",
    many: "route tables",
    draft: async (page) => {
      const vpc_id = await vpc(page);
      return (name) => ({ vpc_id, tags: named(name) });
    },
  },
  { slug: "internet-gateways", many: "internet gateways", draft: async () => (name) => ({ vpc_id: "", tags: named(name) }) },
  {
    slug: "nat-gateways",
    many: "NAT gateways",
    draft: async (page) => {
      const subnet_id = await subnet(page);
      return (name) => ({ connectivity: "private", subnet_id, tags: named(name) });
    },
    ready: "available",
    becomes: /delet/,
  },
  {
    slug: "network-acls",
    many: "network ACLs",
    draft: async (page) => {
      const vpc_id = await vpc(page);
      return (name) => ({ vpc_id, tags: named(name) });
    },
  },
];

const AREAS = { compute: COMPUTE, storage: STORAGE, "network and security": NETWORK_AND_SECURITY, VPC };

async function live(page: Page, cloud: TestCloud, life: Life) {
  const [label, action] = life.end ?? ["Delete", { do: "delete" }];
  const address = life.slug === "images" ? `/${life.slug}?owner=self` : `/${life.slug}`;
  const [name, other] = [`e2e-${life.slug}-1`, `e2e-${life.slug}-2`];
  const draft = await life.draft(page, cloud);
  const first = await make(page, life.slug, draft(name, 1));
  const second = life.becomes ? "" : await make(page, life.slug, draft(other, 2));
  const row = (text: string) => rows(page, text).first();
  /** Asks to end it, once it can be ended. */
  const end = async (text: string) => {
    await expect(row(text)).toContainText(life.ready ?? text, { timeout: 40_000 });
    await row(text).getByRole("button", { name: /^Actions for / }).click();
    await page.getByRole("menuitem", { name: label, exact: true }).click();
  };

  await test.step("it appears, and a filter finds it", async () => {
    await open(page, address);
    await expect(row(name)).toBeVisible({ timeout: 30_000 });
    const search = page.getByRole("combobox", { name: `Search ${life.many}` });
    await search.fill(name);
    await search.press("Enter");
    await expect(page.getByRole("grid").getByRole("row")).toHaveCount(2);
  });

  if (!life.untagged?.(cloud)) {
    await test.step("it is changed, and found by that", async () => {
      await open(page, `/${life.slug}/${first}?tab=tags`);
      await page.getByRole("button", { name: "Add tag" }).click();
      await page.getByRole("textbox", { name: "Key", exact: true }).last().fill("team");
      await page.getByRole("textbox", { name: "Value of team" }).fill("blue & <green>");
      await page.getByRole("button", { name: "Save tags" }).click();
      await expect(page.getByText(/^The tags of .* are saved$/)).toBeVisible();
      await open(page, `${address}${address.includes("?") ? "&" : "?"}tag:team=${encodeURIComponent("blue & <green>")}`);
      await expect(page.getByRole("grid").getByRole("row")).toHaveCount(2);
    });
  }

  await test.step("it is deleted, and gone", async () => {
    await end(name);
    await confirm(page, label);
    await expect(life.becomes ? rows(page, name).filter({ hasNotText: life.becomes }) : rows(page, name)).toHaveCount(0);
  });
  if (life.becomes) return;

  await test.step("what is gone behind the console's back is refused, in the cloud's words", async () => {
    await page.getByRole("button", { name: "Clear search" }).first().click();
    await end(other);
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    // A key pair is known by its name.
    const ids = [life.slug === "keypairs" ? other : second];
    const answer = await page.request.post(`/api/${life.slug}/actions?region=${REGION}`, { headers: { "x-canopy": "1" }, data: { action, ids } });
    expect((await answer.json())[0].error).toBeUndefined();
    await dialog.getByRole("button", { name: label, exact: true }).click();
    // EC2 says of a key pair that is not there what it says of one that is.
    if (life.slug === "keypairs") await expect(page.getByText(`${other} is deleted`)).toBeVisible();
    else await expect(page.getByRole("alert").getByText(/not exist|not found|NotFound|Unavailable|Malformed/i).first()).toBeVisible();
    await expect(rows(page, other)).toHaveCount(0);
  });
}

for (const cloud of CLOUDS) {
  for (const [area, lives] of Object.entries(AREAS)) {
    test.describe(`${area} on ${cloud.label}`, () => {
      // What is refused is answered with a status that the browser's console notes.
      test.use({ provoked: [/the server responded with a status of 4\d\d/] });

      test("each kind lives from the first to the last, and a refusal is told", async ({ page }) => {
        test.setTimeout(lives.length * 60_000);
        await enterCloud(page, cloud, "/regions");
        for (const life of lives) await test.step(life.many, () => live(page, cloud, life));
      });
    });
  }
}

import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { usualSettings } from "@/lib/lab/lab-settings.ts";
import { application } from "@/lib/server/application.ts";
import { flowSummaries } from "@/lib/server/view/lab-view.ts";
import { LabProvider } from "./_browser/lab-provider.tsx";
import { AppHeader } from "./_header/app-header.tsx";
import { OnDemand } from "./_on-demand/on-demand.tsx";
import { applyLook } from "./_ui/look-script.ts";
import { firstView } from "./first-view.ts";
import "./globals.css";

const picture = {
  url: "/social.png",
  width: 1200,
  height: 630,
  alt: "Four flows after a logout: two refuse the copy of a credential, two still let it in.",
};

export async function generateMetadata(): Promise<Metadata> {
  // Reads the configuration on each request, not at build time.
  await connection();
  return {
    // From the configuration, because the client chooses the Host header.
    metadataBase: new URL((await application()).env.origin),
    title: { default: "Loginscope", template: "%s · Loginscope" },
    description: "Every way a web application can remember who you are, as running code, side by side.",
    openGraph: { type: "website", siteName: "Loginscope", images: [picture] },
    twitter: { card: "summary_large_image" },
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#191b18" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  // If the lab cannot be read, the page is still rendered and shows a notice.
  const { labMode, view, copies } = await firstView().catch(() => ({ labMode: true, view: null, copies: null }));
  return (
    // The script below sets the reader's theme and size on this element before the first paint.
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <script nonce={nonce} suppressHydrationWarning>
          {applyLook}
        </script>
        <noscript>
          <p className="bg-warn-ground px-4 py-2 text-warn">
            Scripts are off in this browser. The pages show what the server knew when they were loaded, and their
            buttons do nothing. The HTTP interface under /api works without scripts.
          </p>
        </noscript>
        <LabProvider first={view} firstCopies={copies} labMode={labMode} flows={flowSummaries}>
          <AppHeader flows={flowSummaries} defaults={usualSettings} />
          <main id="main" className="mx-auto w-full max-w-[105rem] px-4 pt-4.5 pb-8 sm:px-6">
            <div className="@container grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
          </main>
          <OnDemand />
        </LabProvider>
      </body>
    </html>
  );
}

"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "right" | "left";
  className?: string;
  children: ReactNode;
};

/**
 * `<Menu trigger={<Button iconOnly aria-label="More"><Ellipsis /></Button>}><MenuItem onSelect={…}>Copy</MenuItem></Menu>`.
 * Arrow keys, type-ahead, Escape. An item that opens a dialog: keep the dialog outside and set its `open` in onSelect.
 */
export function Menu({ trigger, align = "end", side = "bottom", className, children }: MenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            "z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-pop-in overflow-y-auto rounded-lg bg-raised p-1 shadow-pop",
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const itemStyle =
  "flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-sm select-none -outline-offset-2 outline-accent focus-visible:outline-2 data-highlighted:bg-hover data-disabled:cursor-not-allowed data-disabled:opacity-50 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted";
const dangerStyle = "text-danger-text data-highlighted:bg-danger-soft [&>svg]:text-danger-text";

export function MenuItem({
  danger,
  className,
  ...props
}: ComponentProps<typeof Primitive.Item> & { danger?: boolean }) {
  return <Primitive.Item {...props} className={cn(itemStyle, danger && dangerStyle, className)} />;
}

/** A menu item that is a link: opens in a new tab with the middle button like any other. */
export function MenuLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Primitive.Item asChild>
      <Link {...props} className={cn(itemStyle, className)} />
    </Primitive.Item>
  );
}

type MenuRadioProps<Value extends string> = {
  label: string;
  value: Value | undefined;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
};

/** One of several, with a check mark at the chosen one. */
export function MenuRadio<Value extends string>({
  label,
  value,
  onValueChange,
  options,
}: MenuRadioProps<Value>) {
  return (
    <Primitive.RadioGroup
      value={value ?? ""}
      onValueChange={(next) => onValueChange(next as Value)}
      aria-label={label}
    >
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Primitive.RadioItem
          key={option.value}
          value={option.value}
          className={itemStyle}
          onSelect={(e) => e.preventDefault()}
        >
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Primitive.ItemIndicator>
            <Check aria-hidden className="size-3.5" />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <Primitive.Label className="px-2 pt-2 pb-1 text-xs font-medium text-muted">{children}</Primitive.Label>
  );
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
